package dev.troupe.apiserver.openapi;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;

/// A protobuf message that is being written. What is not there is not written.
final class SwaggerMessage {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  SwaggerMessage text(int number, JsonNode value) {
    return value.isString() ? text(number, value.stringValue()) : this;
  }

  SwaggerMessage text(int number, String value) {
    return write(() -> out.writeString(number, value));
  }

  SwaggerMessage texts(int number, JsonNode values) {
    values.forEach(value -> text(number, value));
    return this;
  }

  SwaggerMessage flag(int number, JsonNode value) {
    return value.asBoolean(false) ? write(() -> out.writeBool(number, true)) : this;
  }

  SwaggerMessage message(int number, SwaggerMessage inner) {
    return write(() -> out.writeByteArray(number, inner.bytes()));
  }

  byte[] bytes() {
    write(out::flush);
    return bytes.toByteArray();
  }

  private interface Writing {
    void run() throws IOException;
  }

  private SwaggerMessage write(Writing writing) {
    try {
      writing.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
