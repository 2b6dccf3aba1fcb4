package dev.troupe.resources.codec.protobuf;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.troupe.resources.codec.JsonEncoder;
import dev.troupe.resources.codec.protobuf.MessagePlan.FieldPlan;
import dev.troupe.resources.codec.protobuf.MessagePlan.Form;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Writes a tree as a protobuf message, along its plan: the other half of [MessageReader]. What the
/// plan does not know is left out.
final class MessageWriter {

  private static final int BUFFER = 128;

  private MessageWriter() {}

  /// What a message contains.
  @FunctionalInterface
  interface Content {
    void write(CodedOutputStream out) throws IOException;
  }

  static byte[] message(Content content) {
    var bytes = new ByteArrayOutputStream(BUFFER);
    var out = CodedOutputStream.newInstance(bytes, BUFFER);
    try {
      content.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// What stands before the bytes of a field.
  static byte[] head(int number, int length) {
    return message(out -> {
      out.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(length);
    });
  }

  /// @param object that agrees with its schema
  static byte[] write(MessagePlan plan, JsonNode object) {
    return message(out -> {
      for (var entry : object.properties()) {
        var field = plan.field(entry.getKey());
        if (field != null && !entry.getValue().isNull()) {
          write(out, field, entry.getValue());
        }
      }
      for (var inline : plan.inline()) {
        byte[] part = write(inline.nested(), object);
        if (part.length > 0) {
          out.writeByteArray(inline.number(), part);
        }
      }
    });
  }

  private static void write(CodedOutputStream out, FieldPlan field, JsonNode value)
      throws IOException {
    if (field.form() == Form.MAP) {
      for (var entry : value.properties()) {
        out.writeByteArray(field.number(), entry(field, entry.getKey(), entry.getValue()));
      }
    } else if (field.repeated()) {
      for (var item : value) {
        one(out, field, item);
      }
    } else {
      one(out, field, value);
    }
  }

  private static byte[] entry(FieldPlan map, String key, JsonNode value) {
    var entry = JsonNodeFactory.instance.objectNode();
    entry.put("key", key);
    entry.set("value", value);
    return write(map.nested(), entry);
  }

  private static void one(CodedOutputStream out, FieldPlan field, JsonNode value)
      throws IOException {
    int number = field.number();
    switch (field.form()) {
      case PLAIN -> plain(out, field, value);
      case OBJECT -> out.writeByteArray(number, write(field.nested(), value));
      case WRAPPED_LIST -> out.writeByteArray(number, wrapped(field.nested(), value));
      case TIME, MICRO_TIME -> out.writeByteArray(number, time(value.asString()));
      case QUANTITY ->
          out.writeByteArray(number, message(all -> all.writeString(1, value.asString())));
      case INT_OR_STRING -> out.writeByteArray(number, intOrString(value));
      case CHOICE -> {
        var chosen = SchemaMessages.wrapper(field.nested(), value);
        out.writeByteArray(number, write(field.nested(), chosen));
      }
      case RAW_JSON ->
          out.writeByteArray(
              number, message(all -> all.writeByteArray(1, JsonEncoder.encode(value))));
      case INLINE, MAP -> throw new IllegalStateException(field.form() + " is no value");
    }
  }

  private static void plain(CodedOutputStream out, FieldPlan field, JsonNode value)
      throws IOException {
    int number = field.number();
    switch (field.type()) {
      case STRING -> out.writeString(number, value.asString());
      case BYTES -> out.writeByteArray(number, Base64.getDecoder().decode(value.asString()));
      case BOOL -> out.writeBool(number, value.booleanValue());
      case INT32 -> out.writeInt32(number, value.intValue());
      case INT64 -> out.writeInt64(number, value.longValue());
      case DOUBLE -> out.writeDouble(number, value.doubleValue());
      default -> throw new IllegalStateException("Kubernetes has no field of type " + field.type());
    }
  }

  private static byte[] wrapped(MessagePlan plan, JsonNode list) {
    var wrapper = JsonNodeFactory.instance.objectNode();
    wrapper.set("items", list);
    return write(plan, wrapper);
  }

  private static byte[] time(String text) {
    var time = Instant.parse(text);
    return message(out -> {
      out.writeInt64(1, time.getEpochSecond());
      out.writeInt32(2, time.getNano());
    });
  }

  private static byte[] intOrString(JsonNode value) {
    return message(out -> {
      out.writeInt64(1, value.isString() ? 1 : 0);
      if (value.isString()) {
        out.writeString(3, value.asString());
      } else {
        out.writeInt32(2, value.intValue());
      }
    });
  }
}
