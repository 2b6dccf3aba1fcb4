package dev.troupe.resources.definition;

import dev.troupe.resources.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// One version of a defined type.
///
/// @param schemaType the long name of its schema, such as `com.example.v1.CronTab`
/// @param definition the item of `spec.versions`
record DefinedVersion(String group, String name, String schemaType, ObjectNode definition) {

  private static final Pattern DOT = Pattern.compile("\\.");

  /// Those of a definition: the stored one first, then as they stand there.
  static List<DefinedVersion> all(ObjectNode spec) {
    var group = Json.text(spec, "group");
    var kind = Json.text(Json.object(spec, "names"), "kind");
    var all = new ArrayList<DefinedVersion>();
    for (var version : Json.objects(spec, "versions")) {
      var name = Json.text(version, "name");
      var schemaType = reversed(group) + "." + name + "." + kind;
      var defined = new DefinedVersion(group, name, schemaType, version);
      if (defined.storage()) {
        all.addFirst(defined);
      } else {
        all.add(defined);
      }
    }
    return all;
  }

  private static String reversed(String group) {
    var parts = new ArrayList<>(List.of(DOT.split(group, -1)));
    Collections.reverse(parts);
    return String.join(".", parts);
  }

  String apiVersion() {
    return group + "/" + name;
  }

  boolean storage() {
    return Json.truth(definition, "storage");
  }

  boolean served() {
    return Json.truth(definition, "served");
  }

  ObjectNode subresources() {
    var subresources = Json.object(definition, "subresources");
    return subresources == null ? Json.object() : subresources;
  }

  /// Its `openAPIV3Schema`.
  ObjectNode schema() {
    var schema = Json.object(Json.object(definition, "schema"), "openAPIV3Schema");
    return schema == null ? Json.object() : schema;
  }
}
