package dev.troupe.resources.codec.owners;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/// Divides the owners of one object into what others have as well and what is its own: times, uids
/// and addresses of items, and the keys of data.
final class OwnersDivision {

  /// Longer texts are left where they are.
  private static final int OWN_AT_MOST = 255;

  private static final byte[][] ITEMS = {
    "k:{\\\"uid\\\":\\\"".getBytes(US_ASCII), "k:{\\\"ip\\\":\\\"".getBytes(US_ASCII)
  };
  private static final byte[][] DATA = {
    "\"f:data\":{".getBytes(US_ASCII), "\"f:binaryData\":{".getBytes(US_ASCII)
  };

  private final byte[] json;
  private final int end;
  private final byte[] text;
  private final byte[] own;
  private int textLength;
  private int ownLength;
  private int[] gaps = new int[8];
  private int gapCount;

  /// Up to where everything is in the text or is own.
  private int done;

  private OwnersDivision(byte[] json, OwnersSpan span) {
    this.json = json;
    this.end = span.to();
    this.done = span.from();
    this.text = new byte[span.to() - span.from()];
    this.own = new byte[span.to() - span.from() + OWN_AT_MOST];
  }

  static OwnersDivision of(byte[] json, OwnersSpan span) {
    var division = new OwnersDivision(json, span);
    division.walk(span.from());
    division.copyUntil(division.end);
    return division;
  }

  OwnersForm form() {
    return OwnersForm.of(Arrays.copyOf(text, textLength), Arrays.copyOf(gaps, gapCount));
  }

  int ownLength() {
    return ownLength;
  }

  void copyOwn(byte[] out, int to) {
    System.arraycopy(own, 0, out, to, ownLength);
  }

  private void walk(int from) {
    int depth = 0;
    int data = -1;
    for (int i = from; i < end; i++) {
      switch (json[i]) {
        case '"' -> {
          int closing = Math.min(OwnersSpan.closing(json, i), end);
          if (depth == data) {
            key(i, closing);
          } else if (isAny(DATA, i)) {
            data = depth + 1;
          } else {
            text(i + 1, closing);
          }
          i = closing;
        }
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (depth-- == data) {
            data = -1;
          }
        }
        default -> {}
      }
    }
  }

  private boolean isAny(byte[][] beginnings, int at) {
    for (var beginning : beginnings) {
      if (OwnersSpan.startsWith(json, at, beginning)) {
        return true;
      }
    }
    return false;
  }

  /// A key of data, as `"f:key"`.
  private void key(int from, int closing) {
    if (closing - from > 3 && json[from + 1] == 'f' && json[from + 2] == ':') {
      leaveOut(from + 3, closing);
    }
  }

  private void text(int from, int closing) {
    if (closing - from == TimeDigits.TEXT && TimeDigits.isAt(json, from)) {
      gap(from, 0);
      System.arraycopy(TimeDigits.BLANK, 0, text, textLength, TimeDigits.TEXT);
      textLength += TimeDigits.TEXT;
      TimeDigits.pack(json, from, own, ownLength);
      ownLength += TimeDigits.PACKED;
      done = closing;
      return;
    }
    for (var item : ITEMS) {
      if (OwnersSpan.startsWith(json, from, item)) {
        int to = from + item.length;
        while (to < closing && json[to] != '\\') {
          to++;
        }
        leaveOut(from + item.length, to);
      }
    }
  }

  private void leaveOut(int from, int to) {
    int length = to - from;
    if (length <= OWN_AT_MOST) {
      gap(from, 1);
      own[ownLength++] = (byte) length;
      System.arraycopy(json, from, own, ownLength, length);
      ownLength += length;
      done = to;
    }
  }

  private void gap(int at, int kind) {
    copyUntil(at);
    if (gapCount == gaps.length) {
      gaps = Arrays.copyOf(gaps, gapCount * 2);
    }
    gaps[gapCount++] = (textLength << 1) | kind;
  }

  private void copyUntil(int at) {
    System.arraycopy(json, done, text, textLength, at - done);
    textLength += at - done;
    done = at;
  }
}
