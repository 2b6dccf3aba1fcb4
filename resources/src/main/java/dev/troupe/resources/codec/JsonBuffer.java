package dev.troupe.resources.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A growing array of JSON bytes. It knows at every moment at which offset it is, which a generator
/// with its own buffer does not.
final class JsonBuffer {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[2048];
  private int length;

  int length() {
    return length;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }

  void raw(char ascii) {
    ensure(1);
    bytes[length++] = (byte) ascii;
  }

  void property(String name, JsonNode value) {
    name(name);
    value(value);
  }

  /// A comma unless the object has just begun, the name, a colon.
  void name(String name) {
    if (bytes[length - 1] != '{') {
      raw(',');
    }
    string(name);
    raw(':');
  }

  void value(JsonNode value) {
    switch (value) {
      case ObjectNode object -> {
        raw('{');
        for (var entry : object.properties()) {
          property(entry.getKey(), entry.getValue());
        }
        raw('}');
      }
      case ArrayNode array -> array(array);
      default -> {
        if (value.isNumber() || value.isBoolean()) {
          ascii(value.asString());
        } else if (value.isNull()) {
          ascii("null");
        } else {
          string(value.asString());
        }
      }
    }
  }

  private void array(ArrayNode array) {
    raw('[');
    boolean first = true;
    for (var item : array) {
      if (!first) {
        raw(',');
      }
      first = false;
      value(item);
    }
    raw(']');
  }

  private void ascii(String text) {
    int more = text.length();
    ensure(more);
    for (int i = 0; i < more; i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  private void string(String text) {
    int chars = text.length();
    ensure(chars + 2);
    bytes[length++] = '"';
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
        bytes[length++] = (byte) c;
      } else {
        i = unusual(text, i, c);
        ensure(chars - i + 1);
      }
    }
    bytes[length++] = '"';
  }

  /// Writes a character that is not plain ASCII; answers the index of the last one used.
  private int unusual(String text, int at, char c) {
    ensure(6);
    if (c < 0x80) {
      escaped(c);
      return at;
    }
    if (Character.isSurrogate(c)) {
      return surrogate(text, at, c);
    }
    if (c < 0x800) {
      bytes[length++] = (byte) (0xC0 | c >> 6);
    } else {
      bytes[length++] = (byte) (0xE0 | c >> 12);
      bytes[length++] = (byte) (0x80 | (c >> 6 & 0x3F));
    }
    bytes[length++] = (byte) (0x80 | (c & 0x3F));
    return at;
  }

  /// Half a pair cannot be written in UTF-8; it becomes the replacement character, as in Go.
  private int surrogate(String text, int at, char high) {
    if (!Character.isHighSurrogate(high)
        || at + 1 == text.length()
        || !Character.isLowSurrogate(text.charAt(at + 1))) {
      return unusual(text, at, '\uFFFD');
    }
    int point = Character.toCodePoint(high, text.charAt(at + 1));
    bytes[length++] = (byte) (0xF0 | point >> 18);
    bytes[length++] = (byte) (0x80 | (point >> 12 & 0x3F));
    bytes[length++] = (byte) (0x80 | (point >> 6 & 0x3F));
    bytes[length++] = (byte) (0x80 | (point & 0x3F));
    return at + 1;
  }

  private void escaped(char c) {
    bytes[length++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[length++] = (byte) c;
      case '\n' -> bytes[length++] = 'n';
      case '\r' -> bytes[length++] = 'r';
      case '\t' -> bytes[length++] = 't';
      default -> {
        bytes[length++] = 'u';
        bytes[length++] = '0';
        bytes[length++] = '0';
        bytes[length++] = HEX[c >> 4];
        bytes[length++] = HEX[c & 0xF];
      }
    }
  }
}
