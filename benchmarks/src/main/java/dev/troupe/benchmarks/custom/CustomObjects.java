package dev.troupe.benchmarks.custom;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Custom resources with many fields, and config maps that say the same.
final class CustomObjects {

  static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  static final String CUSTOM = "/apis/bench.example.com/v1/namespaces/default/wides";

  private final int fields;

  CustomObjects(int fields) {
    this.fields = fields;
  }

  String definition() {
    var definition = JsonNodeFactory.instance.objectNode();
    definition.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "CustomResourceDefinition");
    definition.putObject("metadata").put("name", "wides.bench.example.com");
    var spec = definition.putObject("spec").put("group", "bench.example.com");
    spec.put("scope", "Namespaced");
    spec.putObject("names").put("plural", "wides").put("singular", "wide").put("kind", "Wide");
    var version = spec.putArray("versions").addObject().put("name", "v1");
    version.put("served", true).put("storage", true);
    var schema = version.putObject("schema").putObject("openAPIV3Schema").put("type", "object");
    var properties = schema.putObject("properties").putObject("spec").put("type", "object");
    describe(properties.putObject("properties"));
    return definition.toString();
  }

  /// Each with something that must be checked.
  private void describe(ObjectNode properties) {
    for (int i = 0; i < fields; i++) {
      var field = properties.putObject(field(i)).put("description", "The field " + i + ".");
      switch (i % 4) {
        case 0 -> field.put("type", "string").put("maxLength", 100);
        case 1 -> field.put("type", "string").put("pattern", "^[a-z]+-[0-9]+$");
        case 2 -> field.put("type", "string").putArray("enum").add(value(i)).add("another");
        default -> field.put("type", "string").put("minLength", 1);
      }
    }
  }

  private static String field(int number) {
    return "field" + number;
  }

  private static String value(int field) {
    return "value-" + field;
  }

  String custom(String name) {
    var object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", "bench.example.com/v1").put("kind", "Wide");
    return filled(object, name, "spec");
  }

  String configMap(String name) {
    var object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", "v1").put("kind", "ConfigMap");
    return filled(object, name, "data");
  }

  private String filled(ObjectNode object, String name, String content) {
    object.putObject("metadata").put("name", name);
    var values = object.putObject(content);
    for (int i = 0; i < fields; i++) {
      values.put(field(i), value(i));
    }
    return object.toString();
  }
}
