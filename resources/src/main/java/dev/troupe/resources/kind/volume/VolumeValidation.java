package dev.troupe.resources.kind.volume;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Volumes of a pod: named once, each of one sort.
public final class VolumeValidation {

  private VolumeValidation() {}

  /// @param podName empty in a template
  /// @return the volumes by their names
  public static Map<String, ObjectNode> check(
      @Nullable ObjectNode spec, String podName, Path path, FieldErrors errors) {
    var volumes = new HashMap<String, ObjectNode>();
    int index = 0;
    for (var volume : Json.objects(spec, "volumes")) {
      var at = path.item(index++);
      var name = Json.text(volume, "name");
      if (name.isEmpty()) {
        errors.required(at.child("name"), "");
      } else {
        Names.label(name).ifPresent(wrong -> errors.invalid(at.child("name"), name, wrong));
        if (volumes.put(name, volume) != null) {
          errors.duplicate(at.child("name"), name);
        }
      }
      source(volume, podName, at, errors);
    }
    if (!podName.isEmpty()) {
      claims(spec, podName, path, errors);
    }
    return volumes;
  }

  private static void source(ObjectNode volume, String podName, Path path, FieldErrors errors) {
    int sources = 0;
    for (var field : volume.properties()) {
      if (field.getKey().equals("name")) {
        continue;
      }
      if (++sources > 1) {
        errors.forbidden(path.child(field.getKey()), "may not specify more than 1 volume type");
      } else if (field.getValue() instanceof ObjectNode source) {
        VolumeSourceValidation.check(field.getKey(), source, path.child(field.getKey()), errors);
        if (field.getKey().equals("ephemeral") && !podName.isEmpty()) {
          claimName(podName, Json.text(volume, "name"), path.child("name"), errors);
        }
      }
    }
    if (sources == 0) {
      errors.required(path, "must specify a volume type");
    }
  }

  private static void claimName(String podName, String volume, Path path, FieldErrors errors) {
    var claim = podName + "-" + volume;
    Names.subdomain(claim)
        .ifPresent(wrong -> errors.invalid(path, volume, "PVC name \"" + claim + "\": " + wrong));
  }

  /// A claim that is made for a volume is not there for another one.
  private static void claims(
      @Nullable ObjectNode spec, String podName, Path path, FieldErrors errors) {
    Set<String> made = new HashSet<>();
    for (var volume : Json.objects(spec, "volumes")) {
      if (Json.has(volume, "ephemeral")) {
        made.add(podName + "-" + Json.text(volume, "name"));
      }
    }
    if (made.isEmpty()) {
      return;
    }
    int index = 0;
    for (var volume : Json.objects(spec, "volumes")) {
      var claim = Json.text(Json.object(volume, "persistentVolumeClaim"), "claimName");
      var at = path.item(index++).child("persistentVolumeClaim").child("claimName");
      if (made.contains(claim)) {
        errors.invalid(
            at, claim, "must not reference a PVC that gets created for an ephemeral volume");
      }
    }
  }
}
