package dev.troupe.apiserver.openapi;

import dev.troupe.resources.schema.Field;
import dev.troupe.resources.schema.Field.ListType;
import dev.troupe.resources.schema.Field.Zero;
import dev.troupe.resources.schema.FieldType;
import dev.troupe.resources.schema.FieldType.ListOf;
import dev.troupe.resources.schema.FieldType.MapOf;
import dev.troupe.resources.schema.FieldType.Ref;
import dev.troupe.resources.schema.FieldType.Scalar;
import dev.troupe.resources.schema.ObjectSchema;
import dev.troupe.resources.schema.Schemas;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The schemas of one document: those that are asked for, and all that they refer to.
final class Components {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
  private static final String INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";

  /// What is said of its type and metadata is said of those of all.
  private static final String ANY_OBJECT = "io.k8s.api.core.v1.Pod";

  private final Schemas schemas;
  private final FieldDocumentation documentation;
  private final Map<String, ObjectNode> components = new TreeMap<>();

  Components(Schemas schemas, FieldDocumentation documentation) {
    this.schemas = schemas;
    this.documentation = documentation;
  }

  /// A reference to a schema, which becomes a part of the document.
  ObjectNode reference(String schema) {
    if (!components.containsKey(schema)) {
      var component = NODES.objectNode();
      components.put(schema, component);
      describe(component, schema);
    }
    return NODES.objectNode().put("$ref", "#/components/schemas/" + schema);
  }

  /// Says of a schema that it is the one of a kind.
  void declareKind(String schema, String group, String version, String kind) {
    reference(schema);
    component(schema)
        .withArray("x-kubernetes-group-version-kind")
        .add(NODES.objectNode().put("group", group).put("kind", kind).put("version", version));
  }

  /// Says of a schema by which of their fields objects can be selected.
  void declareSelectable(String schema, Set<String> fields) {
    for (var field : fields) {
      component(schema)
          .withArray("x-kubernetes-selectable-fields")
          .add(NODES.objectNode().put("fieldPath", field));
    }
  }

  private ObjectNode component(String schema) {
    return components.computeIfAbsent(schema, _ -> NODES.objectNode());
  }

  ObjectNode document() {
    var document = NODES.objectNode();
    components.forEach(document::set);
    return document;
  }

  private void describe(ObjectNode component, String schema) {
    switch (schema) {
      case QUANTITY -> {
        description(component, "An amount: a decimal number with a suffix such as m, k, or Mi.");
        choice(component, "string", "number");
      }
      case INT_OR_STRING -> {
        description(component, "A number, or a text that stands for one: a name or a percentage.");
        component.put("format", "int-or-string");
        choice(component, "integer", "string");
      }
      case META + "Time", META + "MicroTime" -> {
        description(component, "A time as RFC 3339 writes it, in UTC.");
        component.put("type", "string").put("format", "date-time");
      }
      case META + "Patch" -> {
        description(component, "What is to change, in the form that the media type names.");
        component.put("type", "object");
      }
      default -> describe(component, schemas.get(schema));
    }
  }

  private static void choice(ObjectNode component, String... types) {
    var choice = component.putArray("oneOf");
    for (var type : types) {
      choice.addObject().put("type", type);
    }
  }

  private void describe(ObjectNode component, ObjectSchema schema) {
    var document = schema.document();
    if (document != null) {
      describe(component, document);
      return;
    }
    var text = documentation.of(schema.name());
    description(component, text.description());
    component.put("type", "object");
    var required = schema.fields().values().stream().filter(Field::required).toList();
    if (!required.isEmpty()) {
      var names = component.putArray("required");
      required.forEach(field -> names.add(field.name()));
    }
    var properties = component.putObject("properties");
    for (var field : schema.fields().values()) {
      properties.set(field.name(), property(field, text.fields().getOrDefault(field.name(), "")));
    }
    if (schema.atomic()) {
      component.put("x-kubernetes-map-type", "atomic");
    }
  }

  /// A type that describes itself, but for what all objects have.
  private void describe(ObjectNode component, ObjectNode document) {
    component.setAll(document.deepCopy());
    var properties = component.withObjectProperty("properties");
    var text = documentation.of(ANY_OBJECT).fields();
    for (var name : List.of("apiVersion", "kind")) {
      description(properties.putObject(name).put("type", "string"), text.getOrDefault(name, ""));
    }
    var metadata = properties.putObject("metadata");
    description(metadata, text.getOrDefault("metadata", ""));
    refer(metadata, META + "ObjectMeta");
  }

  private static void description(ObjectNode node, String text) {
    if (!text.isEmpty()) {
      node.put("description", text);
    }
  }

  private ObjectNode property(Field field, String text) {
    var property = NODES.objectNode();
    description(property, text.isEmpty() ? ofReferred(field.type()) : text);
    type(property, field.type());
    if (field.zero() == Zero.NULL) {
      property.put("nullable", true);
    }
    if (field.listType() != ListType.NONE) {
      property.put("x-kubernetes-list-type", field.listType().name().toLowerCase(Locale.ROOT));
    }
    if (!field.listMapKeys().isEmpty()) {
      var keys = property.putArray("x-kubernetes-list-map-keys");
      field.listMapKeys().forEach(keys::add);
    }
    if (field.mergesOnPatch() || field.retainsKeys()) {
      property.put("x-kubernetes-patch-strategy", strategy(field));
    }
    if (!field.patchMergeKey().isEmpty()) {
      property.put("x-kubernetes-patch-merge-key", field.patchMergeKey());
    }
    if (field.atomicMap()) {
      property.put("x-kubernetes-map-type", "atomic");
    }
    return property;
  }

  /// What is said of a type stands for what is said of a field that is one.
  private String ofReferred(FieldType type) {
    return switch (type) {
      case Ref(var schema) -> documentation.of(schema).description();
      case ListOf(var item) -> ofReferred(item);
      case MapOf(var value) -> ofReferred(value);
      case Scalar _ -> "";
    };
  }

  private static String strategy(Field field) {
    if (!field.retainsKeys()) {
      return "merge";
    }
    return field.mergesOnPatch() ? "merge,retainKeys" : "retainKeys";
  }

  private void type(ObjectNode into, FieldType type) {
    switch (type) {
      case Ref(var schema) -> refer(into, schema);
      case ListOf(var item) -> type(into.put("type", "array").putObject("items"), item);
      case MapOf(var value) ->
          type(into.put("type", "object").putObject("additionalProperties"), value);
      case Scalar scalar -> scalar(into, scalar);
    }
  }

  /// A reference may stand beside a description only inside of `allOf`.
  private void refer(ObjectNode into, String schema) {
    into.putArray("allOf").add(reference(schema));
  }

  private void scalar(ObjectNode into, Scalar scalar) {
    switch (scalar) {
      case STRING -> into.put("type", "string");
      case BOOLEAN -> into.put("type", "boolean");
      case INT32 -> into.put("type", "integer").put("format", "int32");
      case INT64 -> into.put("type", "integer").put("format", "int64");
      case DOUBLE -> into.put("type", "number").put("format", "double");
      case BYTES -> into.put("type", "string").put("format", "byte");
      case TIME -> refer(into, META + "Time");
      case MICRO_TIME -> refer(into, META + "MicroTime");
      case QUANTITY -> refer(into, QUANTITY);
      case INT_OR_STRING -> refer(into, INT_OR_STRING);
      case ANY -> into.put("x-kubernetes-preserve-unknown-fields", true);
      case OBJECT -> into.put("type", "object");
    }
  }
}
