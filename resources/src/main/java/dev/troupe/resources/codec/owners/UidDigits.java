package dev.troupe.resources.codec.owners;

/// Uids such as `0f8fad5b-d9cb-469f-a165-70867728950e`: two of their digits in each byte.
final class UidDigits {

  static final int TEXT = 36;

  private static final String DIGITS = "0123456789abcdef";

  private UidDigits() {}

  static boolean isAt(byte[] bytes, int at) {
    if (at + TEXT > bytes.length || bytes[at + 8] != '-' || bytes[at + 13] != '-') {
      return false;
    }
    for (int i = 0; i < TEXT; i++) {
      byte b = bytes[at + i];
      if (isHyphen(i) ? b != '-' : DIGITS.indexOf(b) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHyphen(int place) {
    return place == 8 || place == 13 || place == 18 || place == 23;
  }

  static void pack(byte[] text, int at, ByteSink out) {
    for (int i = 0; i < TEXT; i += 2) {
      if (isHyphen(i)) {
        i++;
      }
      out.put((byte) ((DIGITS.indexOf(text[at + i]) << 4) | DIGITS.indexOf(text[at + i + 1])));
    }
  }

  static void unpack(ByteSource in, ByteSink out) {
    for (int i = 0; i < TEXT; i += 2) {
      if (isHyphen(i)) {
        out.put((byte) '-');
        i++;
      }
      int both = in.next();
      out.put((byte) DIGITS.charAt(both >> 4));
      out.put((byte) DIGITS.charAt(both & 0xF));
    }
  }
}
