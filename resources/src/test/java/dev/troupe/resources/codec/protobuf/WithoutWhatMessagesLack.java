package dev.troupe.resources.codec.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.troupe.resources.schema.FieldType;
import dev.troupe.resources.schema.FieldType.ListOf;
import dev.troupe.resources.schema.FieldType.MapOf;
import dev.troupe.resources.schema.FieldType.Ref;
import dev.troupe.resources.schema.FieldType.Scalar;
import dev.troupe.resources.schema.ObjectSchema;
import dev.troupe.resources.schema.Schemas;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The library's messages may be of another release than the tables, and an empty list has no place
/// in a message.
final class WithoutWhatMessagesLack {

  private WithoutWhatMessagesLack() {}

  static void remove(Schemas schemas, String schema, ObjectNode object) {
    remove(Objects.requireNonNull(MessageTypes.find(schema)), schemas.get(schema), object);
  }

  private static void remove(Descriptor message, ObjectSchema schema, ObjectNode object) {
    var carried = new HashSet<String>(Set.of("kind", "apiVersion"));
    collect(message, schema, object, carried);
    object.retain(carried);
  }

  private static void collect(
      Descriptor message, ObjectSchema schema, ObjectNode object, Set<String> carried) {
    for (var field : message.getFields()) {
      var known = schema.fields().get(field.getName());
      if (known == null) {
        if (field.getType() == FieldDescriptor.Type.MESSAGE && !field.isRepeated()) {
          collect(field.getMessageType(), schema, object, carried);
        }
        continue;
      }
      var value = object.get(field.getName());
      if (value != null && !(field.isRepeated() && value.isEmpty())) {
        carried.add(field.getName());
        descend(field, known.type(), value);
      }
    }
  }

  private static void descend(FieldDescriptor field, FieldType type, JsonNode value) {
    switch (type) {
      case Ref(var schema) ->
          remove(field.getMessageType(), Schemas.standard().get(schema), (ObjectNode) value);
      case ListOf(var item) -> value.forEach(each -> descend(field, item, each));
      case MapOf(var item) ->
          value.forEach(each -> descend(field.getMessageType().findFieldByNumber(2), item, each));
      case Scalar _ -> {
        if (value instanceof ObjectNode object
            && field.getType() == FieldDescriptor.Type.MESSAGE
            && field.getMessageType().getFields().isEmpty()) {
          object.removeAll();
        }
      }
    }
  }
}
