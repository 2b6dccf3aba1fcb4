package dev.troupe.resources.codec.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.troupe.resources.codec.Decoding.Decoded;
import dev.troupe.resources.codec.Decoding.Refused;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.protobuf.MessagePlan.FieldPlan;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads one protobuf message into a tree, along its plan. Unknown field numbers are skipped.
final class MessageReader {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final int MAX_DEPTH = 100;
  private static final int VARINT = WireFormat.WIRETYPE_VARINT;
  private static final int BYTES = WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private final CodedInputStream in;
  private final JsonDecoder json;
  private int depth;

  MessageReader(CodedInputStream in, JsonDecoder json) {
    this.in = in;
    this.json = json;
  }

  void read(MessagePlan plan, ObjectNode into) throws IOException {
    if (++depth > MAX_DEPTH) {
      throw new IOException("exceeded max depth of " + MAX_DEPTH);
    }
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      var field = plan.field(WireFormat.getTagFieldNumber(tag));
      if (field == null) {
        in.skipField(tag);
      } else {
        read(field, WireFormat.getTagWireType(tag), into);
      }
    }
    depth--;
  }

  private void read(FieldPlan field, int wireType, ObjectNode into) throws IOException {
    if (field.repeated() && wireType == BYTES && isPackable(field)) {
      int end = enter();
      while (!in.isAtEnd()) {
        add(into, field, plain(field));
      }
      leave(end);
      return;
    }
    if (wireType != wireType(field)) {
      throw new IOException(
          "proto: wrong wireType = %d for field %s".formatted(wireType, field.name()));
    }
    switch (field.form()) {
      case INLINE -> nested(field.nested(), into);
      case MAP -> entry(into, field);
      default -> put(into, field, value(field));
    }
  }

  private static boolean isPackable(FieldPlan field) {
    return switch (field.type()) {
      case STRING, BYTES, MESSAGE, GROUP -> false;
      default -> true;
    };
  }

  private static int wireType(FieldPlan field) {
    return switch (field.type()) {
      case STRING, BYTES, MESSAGE -> BYTES;
      case DOUBLE, FIXED64, SFIXED64 -> WireFormat.WIRETYPE_FIXED64;
      case FLOAT, FIXED32, SFIXED32 -> WireFormat.WIRETYPE_FIXED32;
      default -> VARINT;
    };
  }

  private static void put(ObjectNode into, FieldPlan field, @Nullable JsonNode value) {
    if (field.repeated()) {
      add(into, field, value == null ? NODES.nullNode() : value);
    } else if (value != null) {
      into.set(field.name(), value);
    }
  }

  private static void add(ObjectNode into, FieldPlan field, JsonNode value) {
    into.withArray(field.name()).add(value);
  }

  private @Nullable JsonNode value(FieldPlan field) throws IOException {
    return switch (field.form()) {
      case PLAIN -> plain(field);
      case OBJECT -> nested(field.nested(), NODES.objectNode());
      case WRAPPED_LIST -> nested(field.nested(), NODES.objectNode()).withArray("items");
      case TIME -> time(SECONDS, false);
      case MICRO_TIME -> time(MICROS, true);
      case QUANTITY -> quantity();
      case INT_OR_STRING -> intOrString();
      case CHOICE -> SchemaMessages.chosen(nested(field.nested(), NODES.objectNode()));
      case RAW_JSON -> rawJson();
      case INLINE, MAP -> throw new IllegalStateException(field.form() + " is no value");
    };
  }

  private JsonNode plain(FieldPlan field) throws IOException {
    return switch (field.type()) {
      case STRING -> NODES.stringNode(in.readStringRequireUtf8());
      case BYTES -> NODES.stringNode(Base64.getEncoder().encodeToString(in.readByteArray()));
      case BOOL -> NODES.booleanNode(in.readBool());
      case INT32 -> NODES.numberNode(in.readInt32());
      case INT64 -> number(in.readInt64());
      case DOUBLE -> finite(in.readDouble());
      default -> throw new IllegalStateException("Kubernetes has no field of type " + field.type());
    };
  }

  private static JsonNode number(long value) {
    return (int) value == value ? NODES.numberNode((int) value) : NODES.numberNode(value);
  }

  private static JsonNode finite(double value) throws IOException {
    if (!Double.isFinite(value)) {
      throw new IOException("number is not finite");
    }
    return NODES.numberNode(value);
  }

  private int enter() throws IOException {
    return in.pushLimit(in.readRawVarint32());
  }

  private void leave(int limit) throws IOException {
    in.checkLastTagWas(0);
    in.popLimit(limit);
  }

  private ObjectNode nested(MessagePlan plan, ObjectNode into) throws IOException {
    int limit = enter();
    read(plan, into);
    leave(limit);
    return into;
  }

  private void entry(ObjectNode into, FieldPlan field) throws IOException {
    var entry = nested(field.nested(), NODES.objectNode());
    var value = entry.get("value");
    into.withObject(field.name())
        .set(entry.path("key").asString(), value == null ? NODES.nullNode() : value);
  }

  /// A message of scalars, of which at most three are known: numbers as [Long], the rest as bytes.
  private @Nullable Object[] flat() throws IOException {
    var fields = new @Nullable Object[4];
    int limit = enter();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int number = WireFormat.getTagFieldNumber(tag);
      int wireType = WireFormat.getTagWireType(tag);
      if (number < fields.length && wireType == VARINT) {
        fields[number] = in.readInt64();
      } else if (number < fields.length && wireType == BYTES) {
        fields[number] = in.readBytes();
      } else {
        in.skipField(tag);
      }
    }
    leave(limit);
    return fields;
  }

  private static long number(@Nullable Object field) {
    return field instanceof Long value ? value : 0;
  }

  private static ByteString bytes(@Nullable Object field) {
    return field instanceof ByteString value ? value : ByteString.EMPTY;
  }

  private static String text(@Nullable Object field) throws IOException {
    var bytes = bytes(field);
    if (!bytes.isValidUtf8()) {
      throw new IOException("string field contains invalid UTF-8");
    }
    return bytes.toStringUtf8();
  }

  /// An empty message is Go's zero time, which JSON leaves out.
  private @Nullable JsonNode time(DateTimeFormatter format, boolean fraction) throws IOException {
    var fields = flat();
    if (fields[1] == null) {
      return null;
    }
    long nanos = fraction ? number(fields[2]) : 0;
    try {
      return NODES.stringNode(format.format(Instant.ofEpochSecond(number(fields[1]), nanos)));
    } catch (DateTimeException | ArithmeticException _) {
      throw new IOException("time out of range");
    }
  }

  private JsonNode quantity() throws IOException {
    var text = text(flat()[1]);
    return NODES.stringNode(text.isEmpty() ? "0" : text);
  }

  private JsonNode intOrString() throws IOException {
    var fields = flat();
    return number(fields[1]) == 0
        ? NODES.numberNode((int) number(fields[2]))
        : NODES.stringNode(text(fields[3]));
  }

  private @Nullable JsonNode rawJson() throws IOException {
    var raw = bytes(flat()[1]);
    if (raw.isEmpty()) {
      return null;
    }
    return switch (json.decode(raw.toByteArray())) {
      case Decoded(var value, _) -> value;
      case Refused(var message) -> throw new IOException(message);
    };
  }
}
