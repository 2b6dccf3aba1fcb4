package dev.troupe.resources.codec.owners;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What the owners of many objects have in common: their JSON without what is each object's own,
/// such as times. One instance is shared by all of them.
///
/// Known forms are bounded: should there be too many, all are forgotten, and the next objects share
/// new ones.
final class OwnersForm {

  /// Larger ones are hardly those of many objects.
  private static final int SHARED_AT_MOST = 32 << 10;

  private static final long KNOWN_AT_MOST = 4 << 20;
  private static final int BESIDE = 150;

  private static final ConcurrentHashMap<OwnersForm, OwnersForm> KNOWN = new ConcurrentHashMap<>();
  private static final AtomicLong KNOWN_BYTES = new AtomicLong();

  private final byte[] text;

  /// Where something of an object is left out, ascending: a place in the text, times two, plus one
  /// if it is no time. Times are in the text, without their digits.
  private final int[] gaps;

  private final int times;
  private final int hash;

  private OwnersForm(byte[] text, int[] gaps) {
    this.text = text;
    this.gaps = gaps;
    this.times = (int) Arrays.stream(gaps).filter(gap -> (gap & 1) == 0).count();
    this.hash = 31 * Arrays.hashCode(text) + Arrays.hashCode(gaps);
  }

  /// @param text may be shared from now on
  static OwnersForm of(byte[] text, int[] gaps) {
    var form = new OwnersForm(text, gaps);
    if (text.length > SHARED_AT_MOST) {
      return form;
    }
    var known = KNOWN.putIfAbsent(form, form);
    if (known != null) {
      return known;
    }
    if (KNOWN_BYTES.addAndGet(BESIDE + text.length) > KNOWN_AT_MOST) {
      KNOWN.clear();
      KNOWN_BYTES.set(0);
    }
    return form;
  }

  /// How long the owners are, with what is an object's own.
  ///
  /// @param own the length of that
  int length(int own) {
    int texts = gaps.length - times;
    return text.length + own - texts - times * TimeDigits.PACKED;
  }

  /// Writes the owners of one object.
  ///
  /// @param own what is its own, from `from`
  void write(byte[] own, int from, byte[] out, int to) {
    int done = 0;
    int at = to;
    int next = from;
    for (int gap : gaps) {
      boolean time = (gap & 1) == 0;
      int place = (gap >> 1) + (time ? TimeDigits.TEXT : 0);
      System.arraycopy(text, done, out, at, place - done);
      at += place - done;
      done = place;
      if (time) {
        TimeDigits.fill(own, next, out, at - TimeDigits.TEXT);
        next += TimeDigits.PACKED;
      } else {
        int length = own[next] & 0xFF;
        System.arraycopy(own, next + 1, out, at, length);
        at += length;
        next += 1 + length;
      }
    }
    System.arraycopy(text, done, out, at, text.length - done);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OwnersForm that
        && hash == that.hash
        && Arrays.equals(text, that.text)
        && Arrays.equals(gaps, that.gaps);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
