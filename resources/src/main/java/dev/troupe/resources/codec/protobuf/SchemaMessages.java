package dev.troupe.resources.codec.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How schemas of custom resources are written as messages: other names than in JSON, and messages
/// where JSON has one thing or another.
final class SchemaMessages {

  private static final String SCHEMA = "JSONSchemaProps";
  private static final Pattern CAPITAL = Pattern.compile("(?=\\p{Upper})");

  private SchemaMessages() {}

  /// `xKubernetesListType` is `x-kubernetes-list-type`.
  static String nameInJson(FieldDescriptor field) {
    var name = field.getName();
    if (!field.getContainingType().getName().equals(SCHEMA)) {
      return name;
    }
    if (name.equals("ref") || name.equals("schema")) {
      return "$" + name;
    }
    return name.startsWith("xKubernetes")
        ? String.join("-", CAPITAL.split(name)).toLowerCase(java.util.Locale.ROOT)
        : name;
  }

  /// Whether the field is a schema or something else: a truth value, a list.
  static boolean isChoice(FieldDescriptor field) {
    return field.getType() == FieldDescriptor.Type.MESSAGE
        && field.getMessageType().getName().startsWith(SCHEMA + "Or");
  }

  /// The message of the schemas among which a wrapper chooses.
  static Descriptor schema(Descriptor wrapper) {
    return wrapper
        .findFieldByNumber("JSONSchemaPropsOrBool".equals(wrapper.getName()) ? 2 : 1)
        .getMessageType();
  }

  /// @param wrapper with at most one field that says something
  static JsonNode chosen(ObjectNode wrapper) {
    for (var name : new String[] {"schema", "jSONSchemas", "property"}) {
      var value = wrapper.get(name);
      if (value != null) {
        return value;
      }
    }
    return wrapper.booleanNode(wrapper.path("allows").asBoolean(false));
  }

  /// The other way round.
  ///
  /// @param plan of the wrapper
  static ObjectNode wrapper(MessagePlan plan, JsonNode chosen) {
    var wrapper = JsonNodeFactory.instance.objectNode();
    if (chosen.isBoolean()) {
      return wrapper.set("allows", chosen);
    }
    if (chosen.isArray()) {
      return wrapper.set(plan.field("property") == null ? "jSONSchemas" : "property", chosen);
    }
    if (plan.field("allows") != null) {
      wrapper.put("allows", true);
    }
    return wrapper.set("schema", chosen);
  }
}
