package dev.troupe.apiserver.encoding;

import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.JsonEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes the JSON of stored objects.
public final class Json {

  private Json() {}

  /// Reads what we have written ourselves.
  public static ObjectNode object(byte[] stored) {
    return JsonDecoder.stored(stored);
  }

  public static byte[] bytes(JsonNode node) {
    return JsonEncoder.encode(node);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
