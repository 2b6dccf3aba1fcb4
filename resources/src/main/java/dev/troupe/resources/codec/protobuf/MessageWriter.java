package dev.troupe.resources.codec.protobuf;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.troupe.resources.codec.JsonEncoder;
import dev.troupe.resources.codec.protobuf.MessagePlan.FieldPlan;
import dev.troupe.resources.codec.protobuf.MessagePlan.Form;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Writes a tree as a protobuf message, along its plan: the other half of [MessageReader]. What the
/// plan does not know is left out.
final class MessageWriter {

  private static final int BYTES = WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private MessageWriter() {}

  /// @param object that agrees with its schema
  static byte[] write(MessagePlan plan, JsonNode object) throws IOException {
    var bytes = new ByteArrayOutputStream(256);
    var out = CodedOutputStream.newInstance(bytes, 256);
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
    out.flush();
    return bytes.toByteArray();
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

  private static byte[] entry(FieldPlan map, String key, JsonNode value) throws IOException {
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
      case QUANTITY -> out.writeByteArray(number, text(1, value.asString()));
      case INT_OR_STRING -> out.writeByteArray(number, intOrString(value));
      case CHOICE -> {
        var chosen = SchemaMessages.wrapper(field.nested(), value);
        out.writeByteArray(number, write(field.nested(), chosen));
      }
      case RAW_JSON -> out.writeByteArray(number, bytes(1, JsonEncoder.encode(value)));
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

  private static byte[] wrapped(MessagePlan plan, JsonNode list) throws IOException {
    var wrapper = JsonNodeFactory.instance.objectNode();
    wrapper.set("items", list);
    return write(plan, wrapper);
  }

  private static byte[] time(String text) throws IOException {
    var time = Instant.parse(text);
    var bytes = new ByteArrayOutputStream(16);
    var out = CodedOutputStream.newInstance(bytes, 16);
    out.writeInt64(1, time.getEpochSecond());
    out.writeInt32(2, time.getNano());
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] intOrString(JsonNode value) throws IOException {
    var bytes = new ByteArrayOutputStream(16);
    var out = CodedOutputStream.newInstance(bytes, 16);
    out.writeInt64(1, value.isString() ? 1 : 0);
    if (value.isString()) {
      out.writeString(3, value.asString());
    } else {
      out.writeInt32(2, value.intValue());
    }
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] text(int number, String text) throws IOException {
    return bytes(number, text.getBytes(StandardCharsets.UTF_8));
  }

  /// A message of one field.
  static byte[] bytes(int number, byte[] value) throws IOException {
    byte[] head = head(number, value.length);
    byte[] all = Arrays.copyOf(head, head.length + value.length);
    System.arraycopy(value, 0, all, head.length, value.length);
    return all;
  }

  /// What stands before the bytes of a field.
  static byte[] head(int number, int length) throws IOException {
    var bytes = new ByteArrayOutputStream(8);
    var out = CodedOutputStream.newInstance(bytes, 8);
    out.writeTag(number, BYTES);
    out.writeUInt32NoTag(length);
    out.flush();
    return bytes.toByteArray();
  }
}
