package dev.troupe.resources.schema.value;

import java.util.Base64;

/// Bytes in JSON: padded base64 of the standard alphabet; line breaks are overlooked.
public final class Base64Text {

  private Base64Text() {}

  /// @throws IllegalArgumentException in the words of Go's base64 package
  public static String canonical(String text) {
    int bad = firstBad(text);
    if (bad < 0) {
      return text;
    }
    var joined = withoutBreaks(text);
    int still = firstBad(joined);
    if (still >= 0 && still < joined.length()) {
      throw new IllegalArgumentException("illegal base64 data at input byte " + still);
    }
    if (joined.length() % 4 != 0) {
      int block = joined.length() / 4 * 4;
      throw new IllegalArgumentException("illegal base64 data at input byte " + block);
    }
    return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(joined));
  }

  private static String withoutBreaks(String text) {
    var out = new StringBuilder(text.length());
    text.chars().filter(c -> c != '\r' && c != '\n').forEach(c -> out.append((char) c));
    return out.toString();
  }

  /// The first character that is out of place; the length if the text is not canonical as a whole;
  /// -1 if all is well.
  private static int firstBad(String text) {
    int length = text.length();
    int data = length;
    while (data > 0 && data > length - 2 && text.charAt(data - 1) == '=') {
      data--;
    }
    for (int i = 0; i < data; i++) {
      if (value(text.charAt(i)) < 0) {
        return i;
      }
    }
    if (length % 4 != 0) {
      return length;
    }
    int spareBits = data == length ? 0 : data == length - 1 ? 3 : 15;
    return data > 0 && (value(text.charAt(data - 1)) & spareBits) != 0 ? length : -1;
  }

  private static int value(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
  }
}
