package dev.troupe.resources.codec;

import java.io.ByteArrayOutputStream;

/// What well-formed UTF-8 without control character zero is.
public final class Utf8 {

  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private Utf8() {}

  /// The offset of the first byte that does not belong, -1 if there is none. A byte order mark does
  /// not belong either.
  public static int firstInvalid(byte[] bytes) {
    if (hasMark(bytes)) {
      return 0;
    }
    int i = 0;
    while (i < bytes.length) {
      byte first = bytes[i];
      if (first > 0) {
        i++;
        continue;
      }
      int length = sequenceLength(bytes, i, first & 0xFF);
      if (length == 0) {
        return i;
      }
      i += length;
    }
    return -1;
  }

  /// Whether it begins with a byte order mark, or has a zero: what is JSON has neither, and parsers
  /// take it for the sign of another encoding.
  static boolean hasMarkOrZero(byte[] bytes) {
    if (hasMark(bytes)) {
      return true;
    }
    for (byte each : bytes) {
      if (each == 0) {
        return true;
      }
    }
    return false;
  }

  /// The same with U+FFFD for each byte that does not belong.
  ///
  /// @param from up to here everything belongs
  static byte[] repaired(byte[] bytes, int from) {
    var out = new ByteArrayOutputStream(bytes.length + REPLACEMENT.length);
    out.write(bytes, 0, from);
    int i = from;
    while (i < bytes.length) {
      int length = bytes[i] >= 0 ? 1 : sequenceLength(bytes, i, bytes[i] & 0xFF);
      if (length == 0) {
        out.writeBytes(REPLACEMENT);
        i++;
      } else {
        out.write(bytes, i, length);
        i += length;
      }
    }
    return out.toByteArray();
  }

  private static boolean hasMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  /// Whether JSON has escapes that begin like those of surrogates.
  public static boolean mayEscapeSurrogates(byte[] json) {
    for (int i = 0; i + 2 < json.length; i++) {
      if (json[i] == '\\' && json[i + 1] == 'u' && (json[i + 2] | 0x20) == 'd') {
        return true;
      }
    }
    return false;
  }

  /// Without halves of surrogate pairs, which UTF-8 cannot express.
  public static String repaired(String text) {
    var out = new StringBuilder(text.length());
    text.codePoints()
        .map(point ->
            point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static int sequenceLength(byte[] bytes, int at, int first) {
    if (first >= 0xC2 && first <= 0xDF) {
      return continues(bytes, at, 1, 0x80, 0xBF) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      int low = first == 0xE0 ? 0xA0 : 0x80;
      int high = first == 0xED ? 0x9F : 0xBF;
      return continues(bytes, at, 2, low, high) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      int low = first == 0xF0 ? 0x90 : 0x80;
      int high = first == 0xF4 ? 0x8F : 0xBF;
      return continues(bytes, at, 3, low, high) ? 4 : 0;
    }
    return 0;
  }

  private static boolean continues(byte[] bytes, int at, int count, int low, int high) {
    if (at + count >= bytes.length) {
      return false;
    }
    int second = bytes[at + 1] & 0xFF;
    if (second < low || second > high) {
      return false;
    }
    for (int i = 2; i <= count; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return false;
      }
    }
    return true;
  }
}
