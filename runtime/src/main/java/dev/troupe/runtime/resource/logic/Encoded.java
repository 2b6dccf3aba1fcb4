package dev.troupe.runtime.resource.logic;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An object as JSON but for its version, which is not known yet: the bytes before and after its
/// place in `metadata.resourceVersion`.
///
/// So an object is encoded, and found to be too large, before it takes a version; nothing that can
/// fail or last happens to it afterwards.
public record Encoded(byte[] before, byte[] after) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// The digits of a version.
  private static final int VERSION_SIZE = 19;

  private static final int USUAL_SIZE = 2_048;

  static Encoded of(ObjectNode object) {
    var out = new ByteArrayOutputStream(USUAL_SIZE);
    int place;
    try (var generator = MAPPER.createGenerator(out)) {
      generator.writeStartObject();
      generator.writeName("metadata");
      place = writeMetadata(object.path("metadata"), generator, out);
      for (var property : object.properties()) {
        if (!property.getKey().equals("metadata")) {
          write(property.getKey(), property.getValue(), generator);
        }
      }
      generator.writeEndObject();
    }
    var bytes = out.toByteArray();
    return new Encoded(
        java.util.Arrays.copyOfRange(bytes, 0, place),
        java.util.Arrays.copyOfRange(bytes, place, bytes.length));
  }

  /// The JSON of an object that has no version and gets none.
  static byte[] withoutVersion(ObjectNode object) {
    return MAPPER.writeValueAsBytes(object);
  }

  /// The size of the JSON with any version.
  int size() {
    return before.length + VERSION_SIZE + after.length;
  }

  /// The complete JSON.
  byte[] with(long version) {
    var digits = Long.toString(version).getBytes(StandardCharsets.US_ASCII);
    var json = new byte[before.length + digits.length + after.length];
    System.arraycopy(before, 0, json, 0, before.length);
    System.arraycopy(digits, 0, json, before.length, digits.length);
    System.arraycopy(after, 0, json, before.length + digits.length, after.length);
    return json;
  }

  /// Returns where the version belongs.
  private static int writeMetadata(
      JsonNode metadata, JsonGenerator generator, ByteArrayOutputStream out) {
    generator.writeStartObject();
    for (var property : metadata.properties()) {
      if (!property.getKey().equals("resourceVersion")) {
        write(property.getKey(), property.getValue(), generator);
      }
    }
    generator.writeName("resourceVersion");
    generator.writeString("");
    generator.flush();
    int place = out.size() - 1;
    generator.writeEndObject();
    return place;
  }

  private static void write(String name, JsonNode value, JsonGenerator generator) {
    generator.writeName(name);
    generator.writeTree(value);
  }
}
