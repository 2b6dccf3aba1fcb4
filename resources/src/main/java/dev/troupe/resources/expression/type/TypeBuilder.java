package dev.troupe.resources.expression.type;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.troupe.resources.expression.type.ExpressionType.Form;
import dev.troupe.resources.expression.type.ExpressionType.ItemOrder;
import dev.troupe.resources.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes types of a schema. What no expression can see has none.
final class TypeBuilder {

  private static final int MAX_DEPTH = 250;
  private static final ObjectNode TEXT = Json.object().put("type", "string");
  private static final int NAME_LENGTH = 253;

  private final ImmutableMap.Builder<String, CelType> structs = ImmutableMap.builder();

  ImmutableMap<String, CelType> structs() {
    return structs.buildOrThrow();
  }

  /// @param root whether the schema is that of an object of Kubernetes, which has a name
  @Nullable ExpressionType type(ObjectNode schema, boolean root, String name, int depth) {
    if (depth > MAX_DEPTH) {
      return null;
    }
    boolean nullable = Json.truth(schema, "nullable");
    if (SchemaFacts.isIntOrString(schema)) {
      long length = SizeBounds.intOrString(schema);
      return ExpressionType.scalar(Form.INT_OR_STRING, SimpleType.DYN, length, 1, nullable);
    }
    return switch (SchemaFacts.type(schema)) {
      case "array" -> list(schema, name, depth);
      case "object" ->
          SchemaFacts.values(schema) == null || root
              ? object(schema, root, name, depth)
              : map(schema, name, depth);
      case "string" -> text(schema, nullable);
      case "boolean" -> ExpressionType.scalar(Form.BOOLEAN, SimpleType.BOOL, 0, 4, nullable);
      case "number" -> ExpressionType.scalar(Form.NUMBER, SimpleType.DOUBLE, 0, 1, nullable);
      case "integer" -> ExpressionType.scalar(Form.INTEGER, SimpleType.INT, 0, 1, nullable);
      default -> null;
    };
  }

  private @Nullable ExpressionType list(ObjectNode schema, String name, int depth) {
    var items = SchemaFacts.items(schema);
    var element = items == null ? null : inner(items, name + ".@idx", depth);
    if (element == null) {
      return null;
    }
    long most = SchemaFacts.bound(schema, "maxItems").orElse(SizeBounds.items(element.minSize()));
    var order =
        switch (SchemaFacts.listType(schema)) {
          case "set" -> ItemOrder.SET;
          case "map" -> ItemOrder.MAP;
          default -> ItemOrder.ATOMIC;
        };
    var keys = SchemaFacts.keys(schema).stream().map(TypeBuilder::orItself).toList();
    return new ExpressionType(
        Form.LIST,
        ListType.create(element.cel()),
        most,
        SizeBounds.EMPTY,
        Json.truth(schema, "nullable"),
        element,
        ImmutableMap.of(),
        ImmutableMap.of(),
        order,
        keys);
  }

  private static String orItself(String key) {
    return PropertyNames.identifier(key).orElse(key);
  }

  private @Nullable ExpressionType map(ObjectNode schema, String name, int depth) {
    var values = SchemaFacts.values(schema);
    var element = values == null ? null : inner(values, name + ".@elem", depth);
    if (element == null) {
      return null;
    }
    long most =
        SchemaFacts.bound(schema, "maxProperties").orElse(SizeBounds.entries(element.minSize()));
    return new ExpressionType(
        Form.MAP,
        MapType.create(SimpleType.STRING, element.cel()),
        most,
        SizeBounds.EMPTY,
        Json.truth(schema, "nullable"),
        element,
        ImmutableMap.of(),
        ImmutableMap.of(),
        ItemOrder.ATOMIC,
        List.of());
  }

  private @Nullable ExpressionType inner(ObjectNode schema, String name, int depth) {
    return type(schema, SchemaFacts.isEmbedded(schema), name, depth + 1);
  }

  private ExpressionType object(ObjectNode schema, boolean root, String name, int depth) {
    var required = Json.strings(schema, "required");
    var fields = ImmutableMap.<String, ExpressionType>builder();
    var names = ImmutableMap.<String, String>builder();
    long size = SizeBounds.EMPTY;
    for (var property : root ? resource(schema) : properties(schema)) {
      var field = property.schema();
      var identifier = PropertyNames.identifier(property.name());
      var type = inner(field, name + "." + identifier.orElse(property.name()), depth);
      if (type == null) {
        continue;
      }
      identifier.ifPresent(known -> fields.put(known, type));
      identifier
          .filter(known -> !known.equals(property.name()))
          .ifPresent(known -> names.put(known, property.name()));
      if (required.contains(property.name()) && !Json.has(field, "default")) {
        size += property.name().length() + type.minSize() + 4;
      }
    }
    var known = fields.buildOrThrow();
    return new ExpressionType(
        Form.OBJECT,
        struct(name, known),
        0,
        size,
        Json.truth(schema, "nullable"),
        null,
        known,
        names.buildOrThrow(),
        ItemOrder.ATOMIC,
        List.of());
  }

  private CelType struct(String name, ImmutableMap<String, ExpressionType> fields) {
    var types = ImmutableMap.<String, CelType>builder();
    fields.forEach((field, type) -> types.put(field, type.cel()));
    var known = types.buildOrThrow();
    var struct =
        StructType.create(name, known.keySet(), field -> Optional.ofNullable(known.get(field)));
    structs.put(name, struct);
    return struct;
  }

  private record Property(String name, ObjectNode schema) {}

  private static List<Property> properties(ObjectNode schema) {
    var properties = new ArrayList<Property>();
    for (var property : SchemaFacts.properties(schema)) {
      if (property.getValue() instanceof ObjectNode inner) {
        properties.add(new Property(property.getKey(), inner));
      }
    }
    return properties;
  }

  /// The properties of an object of Kubernetes: its type and name can always be asked for.
  private static List<Property> resource(ObjectNode schema) {
    var properties = properties(schema);
    var metadata = SchemaFacts.property(schema, "metadata");
    if (metadata != null
        && hasText(schema, "kind")
        && hasText(schema, "apiVersion")
        && hasText(metadata, "name")
        && hasText(metadata, "generateName")) {
      return properties;
    }
    properties.removeIf(property -> META.contains(property.name()));
    properties.add(new Property("apiVersion", TEXT));
    properties.add(new Property("kind", TEXT));
    var names = Json.object();
    names.set("name", capped(metadata, "name", NAME_LENGTH));
    names.set("generateName", capped(metadata, "generateName", NAME_LENGTH - 1));
    var inner = Json.object().put("type", "object");
    inner.set("properties", names);
    properties.add(new Property("metadata", inner));
    return properties;
  }

  private static final List<String> META = List.of("apiVersion", "kind", "metadata");

  private static boolean hasText(ObjectNode schema, String name) {
    return "string".equals(SchemaFacts.type(SchemaFacts.property(schema, name)));
  }

  private static JsonNode capped(@Nullable ObjectNode metadata, String name, long most) {
    var given = metadata == null ? null : SchemaFacts.property(metadata, name);
    long length = given == null ? most : SchemaFacts.bound(given, "maxLength").orElse(most);
    return Json.object().put("type", "string").put("maxLength", Math.min(length, most));
  }

  private static final Map<String, ExpressionType> FORMATS =
      Map.of(
          "duration", ExpressionType.scalar(Form.DURATION, SimpleType.DURATION, 32, 3, false),
          "date", ExpressionType.scalar(Form.DATE, SimpleType.TIMESTAMP, 12, 12, false),
          "date-time", ExpressionType.scalar(Form.TIMESTAMP, SimpleType.TIMESTAMP, 32, 21, false));

  private static ExpressionType text(ObjectNode schema, boolean nullable) {
    var known = FORMATS.get(SchemaFacts.format(schema));
    if (known != null) {
      return ExpressionType.scalar(
          known.form(), known.cel(), known.maxElements(), known.minSize(), nullable);
    }
    return SchemaFacts.format(schema).equals("byte")
        ? ExpressionType.scalar(
            Form.BYTES, SimpleType.BYTES, SizeBounds.bytes(schema), SizeBounds.EMPTY, nullable)
        : ExpressionType.scalar(
            Form.STRING, SimpleType.STRING, SizeBounds.text(schema), SizeBounds.EMPTY, nullable);
  }
}
