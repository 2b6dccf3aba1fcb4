package dev.troupe.resources.codec.owners;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// Times such as `2026-01-31T10:20:30Z`: two of their digits in each byte.
final class TimeDigits {

  static final int TEXT = 20;
  static final int PACKED = 7;

  /// The signs between the digits.
  static final byte[] BLANK = "0000-00-00T00:00:00Z".getBytes(US_ASCII);

  private static final String PATTERN = "dddd-dd-ddTdd:dd:ddZ";

  /// Where pairs of digits begin.
  private static final int[] PAIRS = {0, 2, 5, 8, 11, 14, 17};

  private TimeDigits() {}

  static boolean isAt(byte[] bytes, int at) {
    if (at + TEXT > bytes.length || bytes[at + TEXT - 1] != 'Z' || bytes[at + 4] != '-') {
      return false;
    }
    for (int i = 0; i < TEXT; i++) {
      char wanted = PATTERN.charAt(i);
      byte b = bytes[at + i];
      if (wanted == 'd' ? b < '0' || b > '9' : b != wanted) {
        return false;
      }
    }
    return true;
  }

  static void pack(byte[] text, int at, byte[] out, int to) {
    for (int i = 0; i < PACKED; i++) {
      int pair = at + PAIRS[i];
      out[to + i] = (byte) ((text[pair] - '0') * 10 + text[pair + 1] - '0');
    }
  }

  static void unpack(byte[] packed, int at, byte[] out, int to) {
    System.arraycopy(BLANK, 0, out, to, TEXT);
    fill(packed, at, out, to);
  }

  /// Writes the digits over those that are there.
  static void fill(byte[] packed, int at, byte[] out, int to) {
    for (int i = 0; i < PACKED; i++) {
      int pair = to + PAIRS[i];
      int both = packed[at + i];
      int tens = (both * 103) >> 10; // a tenth of what is below a hundred
      out[pair] = (byte) ('0' + tens);
      out[pair + 1] = (byte) ('0' + both - 10 * tens);
    }
  }
}
