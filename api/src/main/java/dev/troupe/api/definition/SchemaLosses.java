package dev.troupe.api.definition;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What values of one schema lose when they are held against another.
///
/// @param version of the kind, as people call it
/// @param losses gets a sentence for each
record SchemaLosses(String version, List<String> losses) {

  /// What every object has, whatever a schema says.
  private static final Set<String> OF_EVERY_OBJECT = Set.of("apiVersion", "kind", "metadata");

  /// @param path of the values, empty for the object itself
  void compare(String path, JSONSchemaProps was, JSONSchemaProps becomes) {
    if (keepsAll(becomes) && becomes.getType() == null) {
      return;
    }
    var before = type(was);
    var after = type(becomes);
    if (!before.isEmpty() && !holds(after, before)) {
      add(path, "is of type %s and would be %s".formatted(before, after));
      return;
    }
    if (keepsAll(was) && !keepsAll(becomes)) {
      add(path, "keeps fields that nobody knows, which would go");
    }
    properties(path, was, becomes);
    values(path, was, becomes);
    var items = items(was);
    var others = items(becomes);
    if (items != null && others != null) {
      compare(path + "[]", items, others);
    }
  }

  private void properties(String path, JSONSchemaProps was, JSONSchemaProps becomes) {
    var after = properties(becomes);
    var all = values(becomes);
    properties(was)
        .forEach((name, property) -> {
          if (path.isEmpty() && OF_EVERY_OBJECT.contains(name)) {
            return;
          }
          var field = path.isEmpty() ? name : path + "." + name;
          var next = after.get(name);
          if (next != null) {
            compare(field, property, next);
          } else if (all != null) {
            compare(field, property, all);
          } else if (!keepsAll(becomes) && !allowsAll(becomes)) {
            add(field, "would go");
          }
        });
  }

  /// Of a map.
  private void values(String path, JSONSchemaProps was, JSONSchemaProps becomes) {
    var before = values(was);
    var after = values(becomes);
    if (before != null && after != null) {
      compare(path + ".*", before, after);
    } else if ((before != null || allowsAll(was)) && !allowsAll(becomes) && !keepsAll(becomes)) {
      if (after == null) {
        add(path, "is a map of any names, which would go");
      }
    }
  }

  private void add(String path, String what) {
    losses.add(
        "%s of version %s %s".formatted(path.isEmpty() ? "the object" : path, version, what));
  }

  private static String type(JSONSchemaProps schema) {
    if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
      return "integer or string";
    }
    return schema.getType() == null ? "" : schema.getType();
  }

  /// Whether every value of one type is one of another.
  private static boolean holds(String type, String others) {
    return type.equals(others)
        || (type.equals("number") && others.equals("integer"))
        || (type.equals("integer or string")
            && (others.equals("integer") || others.equals("string")));
  }

  private static boolean keepsAll(JSONSchemaProps schema) {
    return Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields());
  }

  private static boolean allowsAll(JSONSchemaProps schema) {
    var additional = schema.getAdditionalProperties();
    return additional != null
        && additional.getSchema() == null
        && Boolean.TRUE.equals(additional.getAllows());
  }

  private static Map<String, JSONSchemaProps> properties(JSONSchemaProps schema) {
    return schema.getProperties() == null ? Map.of() : schema.getProperties();
  }

  private static @Nullable JSONSchemaProps values(JSONSchemaProps schema) {
    var additional = schema.getAdditionalProperties();
    return additional == null ? null : additional.getSchema();
  }

  private static @Nullable JSONSchemaProps items(JSONSchemaProps schema) {
    return schema.getItems() == null ? null : schema.getItems().getSchema();
  }
}
