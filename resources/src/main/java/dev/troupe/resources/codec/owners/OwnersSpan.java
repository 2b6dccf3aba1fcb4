package dev.troupe.resources.codec.owners;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/// Where the `managedFields` of an object are in its JSON: from the bracket that opens the list to
/// behind the one that closes it. Of bytes that are no JSON nothing is found, or some part of them.
///
/// @param from negative if the object has none
record OwnersSpan(int from, int to) {

  static final OwnersSpan NONE = new OwnersSpan(-1, -1);

  private static final byte[] METADATA = "\"metadata\":{".getBytes(US_ASCII);
  private static final byte[] MANAGED_FIELDS = "\"managedFields\":[".getBytes(US_ASCII);

  static OwnersSpan of(byte[] json) {
    int from = list(json);
    int to = from < 0 ? -1 : end(json, from);
    return to < 0 ? NONE : new OwnersSpan(from, to);
  }

  boolean isNone() {
    return from < 0;
  }

  /// Where the list begins that is a field of the field `metadata` of the whole.
  private static int list(byte[] json) {
    int depth = 0;
    int inside = Integer.MAX_VALUE;
    for (int i = 0; i < json.length; i++) {
      switch (json[i]) {
        case '"' -> {
          if (depth == inside && startsWith(json, i, MANAGED_FIELDS)) {
            return i + MANAGED_FIELDS.length - 1;
          }
          if (depth == 1 && startsWith(json, i, METADATA)) {
            inside = 2;
          }
          i = closing(json, i);
        }
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (depth-- == inside) {
            return -1;
          }
        }
        default -> {}
      }
    }
    return -1;
  }

  private static int end(byte[] json, int from) {
    int depth = 0;
    for (int i = from; i < json.length; i++) {
      switch (json[i]) {
        case '"' -> i = closing(json, i);
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (--depth == 0) {
            return i + 1;
          }
        }
        default -> {}
      }
    }
    return -1;
  }

  /// Where the text ends that begins with a quotation mark at `at`: at its last one, or behind all.
  static int closing(byte[] json, int at) {
    int i = at + 1;
    while (i < json.length && json[i] != '"') {
      i += json[i] == '\\' ? 2 : 1;
    }
    return i;
  }

  static boolean startsWith(byte[] bytes, int at, byte[] wanted) {
    int end = at + wanted.length;
    return end <= bytes.length && Arrays.equals(bytes, at, end, wanted, 0, wanted.length);
  }
}
