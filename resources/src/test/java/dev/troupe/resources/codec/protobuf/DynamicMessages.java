package dev.troupe.resources.codec.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.troupe.resources.schema.FieldType;
import dev.troupe.resources.schema.FieldType.ListOf;
import dev.troupe.resources.schema.FieldType.MapOf;
import dev.troupe.resources.schema.FieldType.Ref;
import dev.troupe.resources.schema.FieldType.Scalar;
import dev.troupe.resources.schema.ObjectSchema;
import dev.troupe.resources.schema.Schemas;
import java.time.Instant;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/// Writes trees as Kubernetes' protobuf messages, by way of protobuf's own dynamic messages: the
/// other half of what [MessageReader] does.
final class DynamicMessages {

  private final Schemas schemas;

  DynamicMessages(Schemas schemas) {
    this.schemas = schemas;
  }

  DynamicMessage write(Descriptor type, ObjectSchema schema, JsonNode object) {
    var message = DynamicMessage.newBuilder(type);
    for (var field : type.getFields()) {
      var known = schema.fields().get(field.getName());
      var value = object.get(field.getName());
      if (known == null && field.getType() == FieldDescriptor.Type.MESSAGE && !field.isRepeated()) {
        message.setField(field, write(field.getMessageType(), schema, object));
      } else if (known != null && value != null && !value.isNull()) {
        set(message, field, known.type(), value);
      }
    }
    return message.build();
  }

  private void set(
      DynamicMessage.Builder into, FieldDescriptor field, FieldType type, JsonNode value) {
    if (field.isMapField() && type instanceof MapOf(var of)) {
      for (var entry : value.properties()) {
        var message = DynamicMessage.newBuilder(field.getMessageType());
        message.setField(field.getMessageType().findFieldByNumber(1), entry.getKey());
        set(message, field.getMessageType().findFieldByNumber(2), of, entry.getValue());
        into.addRepeatedField(field, message.build());
      }
    } else if (field.isRepeated() && type instanceof ListOf(var of)) {
      value.forEach(item -> into.addRepeatedField(field, value(field, of, item)));
    } else {
      into.setField(field, value(field, type, value));
    }
  }

  private Object value(FieldDescriptor field, FieldType type, JsonNode value) {
    return switch (type) {
      case Ref(var schema) -> write(field.getMessageType(), schemas.get(schema), value);
      case ListOf _ -> {
        var wrapper = DynamicMessage.newBuilder(field.getMessageType());
        set(wrapper, field.getMessageType().findFieldByNumber(1), type, value);
        yield wrapper.build();
      }
      case MapOf _ -> throw new IllegalStateException("a map is no single value");
      case Scalar scalar -> scalar(field, scalar, value);
    };
  }

  private static Object scalar(FieldDescriptor field, Scalar scalar, JsonNode value) {
    return switch (scalar) {
      case STRING -> value.asString();
      case BOOLEAN -> value.booleanValue();
      case INT32 -> value.intValue();
      case INT64 -> value.longValue();
      case DOUBLE -> value.doubleValue();
      case BYTES -> ByteString.copyFrom(Base64.getDecoder().decode(value.asString()));
      case TIME, MICRO_TIME -> {
        var time = Instant.parse(value.asString());
        yield message(field, 1, time.getEpochSecond(), 2, time.getNano());
      }
      case QUANTITY -> message(field, 1, value.asString());
      case INT_OR_STRING ->
          value.isString()
              ? message(field, 1, 1L, 3, value.asString())
              : message(field, 1, 0L, 2, value.intValue());
      case ANY, OBJECT -> message(field, 1, ByteString.copyFromUtf8(value.toString()));
    };
  }

  private static DynamicMessage message(FieldDescriptor field, Object... numbersAndValues) {
    var message = DynamicMessage.newBuilder(field.getMessageType());
    for (int i = 0; i < numbersAndValues.length; i += 2) {
      var at = field.getMessageType().findFieldByNumber((Integer) numbersAndValues[i]);
      message.setField(at, numbersAndValues[i + 1]);
    }
    return message.build();
  }
}
