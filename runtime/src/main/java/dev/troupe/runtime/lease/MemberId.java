package dev.troupe.runtime.lease;

import java.util.Comparator;

/// One life of a member: where it is reached, and a number by which it differs from its former
/// lives.
public record MemberId(String address, long uid) implements Comparable<MemberId> {

  private static final Comparator<MemberId> ORDER =
      Comparator.comparing(MemberId::address).thenComparingLong(MemberId::uid);

  /// Reads what [#toString] has written.
  public static MemberId parse(String text) {
    int end = text.lastIndexOf('#');
    return new MemberId(text.substring(0, end), Long.parseLong(text.substring(end + 1)));
  }

  @Override
  public int compareTo(MemberId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return address + "#" + uid;
  }
}
