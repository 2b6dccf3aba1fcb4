package dev.troupe.resources.kind.volume;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What surprises in volumes: sorts that are out of use, and files that hide a token.
public final class VolumeWarnings {

  private static final Map<String, String> OLD_SORTS =
      Map.of(
          "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+",
          "gitRepo", "deprecated in v1.11",
          "scaleIO", "deprecated in v1.16, non-functional in v1.22+",
          "flocker", "deprecated in v1.22, non-functional in v1.25+",
          "storageos", "deprecated in v1.22, non-functional in v1.25+",
          "quobyte", "deprecated in v1.22, non-functional in v1.25+",
          "glusterfs", "deprecated in v1.25, non-functional in v1.26+",
          "cephfs", "deprecated in v1.28, non-functional in v1.31+",
          "rbd", "deprecated in v1.28, non-functional in v1.31+");

  private VolumeWarnings() {}

  public static void check(List<ObjectNode> volumes, Path path, FieldWarnings warnings) {
    var tokens = new HashSet<String>();
    for (int i = 0; i < volumes.size(); i++) {
      for (var field : volumes.get(i).properties()) {
        var old = OLD_SORTS.get(field.getKey());
        if (old != null) {
          // Kubernetes names this one field otherwise than it is written.
          var name = field.getKey().equals("storageos") ? "storageOS" : field.getKey();
          warnings.add(path.item(i).child(name), old);
        }
      }
      for (var source : sources(volumes.get(i))) {
        var token = Json.object(source, "serviceAccountToken");
        if (token != null) {
          tokens.add(Json.text(token, "path"));
        }
      }
    }
    if (!tokens.isEmpty()) {
      for (int i = 0; i < volumes.size(); i++) {
        hidden(sources(volumes.get(i)), tokens, path.item(i).child("projected"), warnings);
      }
    }
  }

  private static List<ObjectNode> sources(ObjectNode volume) {
    return Json.objects(Json.object(volume, "projected"), "sources");
  }

  private static void hidden(
      List<ObjectNode> sources, Set<String> tokens, Path path, FieldWarnings warnings) {
    var at = path.child("sources");
    for (var source : sources) {
      items(source, "configMap", tokens, at.child("configMap"), warnings);
      items(source, "secret", tokens, at.child("secrets"), warnings);
      items(source, "downwardAPI", tokens, at.child("downwardAPI"), warnings);
      var bundle = Json.text(Json.object(source, "clusterTrustBundle"), "path");
      one(bundle, tokens, at.child("ClusterTrustBundle"), warnings);
    }
  }

  private static void items(
      ObjectNode source, String sort, Set<String> tokens, Path path, FieldWarnings warnings) {
    int index = 0;
    for (var item : Json.objects(Json.object(source, sort), "items")) {
      one(Json.text(item, "path"), tokens, path.item(index++), warnings);
    }
  }

  private static void one(String file, Set<String> tokens, Path path, FieldWarnings warnings) {
    if (!file.isEmpty() && tokens.contains(file)) {
      warnings.add(
          path, "has duplicated path with ServiceAccountToken " + FieldErrors.quoted(file));
    }
  }
}
