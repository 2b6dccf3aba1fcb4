package dev.troupe.resources.codec;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes trees as compact JSON in UTF-8.
public final class JsonEncoder {

  private static final String[] FIRST = {"apiVersion", "kind"};
  private static final String METADATA = "metadata";
  private static final String RESOURCE_VERSION = "resourceVersion";

  private JsonEncoder() {}

  public static byte[] encode(JsonNode value) {
    var out = new JsonBuffer();
    out.value(value);
    return out.bytes();
  }

  /// Encodes an object that shall get a new version; one that it carries already is left out.
  /// `apiVersion`, `kind` and `metadata` come first, for those who look at the raw JSON.
  public static EncodedObject encodeUnversioned(ObjectNode object) {
    var out = new JsonBuffer();
    out.raw('{');
    for (var name : FIRST) {
      var value = object.get(name);
      if (value != null) {
        out.property(name, value);
      }
    }
    out.name(METADATA);
    int place = metadata(out, object.get(METADATA));
    for (var entry : object.properties()) {
      if (!isFirst(entry.getKey())) {
        out.property(entry.getKey(), entry.getValue());
      }
    }
    out.raw('}');
    return new EncodedObject(out.bytes(), place);
  }

  private static boolean isFirst(String name) {
    return name.equals(FIRST[0]) || name.equals(FIRST[1]) || name.equals(METADATA);
  }

  private static int metadata(JsonBuffer out, @Nullable JsonNode metadata) {
    out.raw('{');
    out.name(RESOURCE_VERSION);
    out.raw('"');
    int place = out.length();
    for (int i = 0; i < EncodedObject.DIGITS; i++) {
      out.raw('0');
    }
    out.raw('"');
    if (metadata instanceof ObjectNode fields) {
      for (var entry : fields.properties()) {
        if (!entry.getKey().equals(RESOURCE_VERSION)) {
          out.property(entry.getKey(), entry.getValue());
        }
      }
    }
    out.raw('}');
    return place;
  }
}
