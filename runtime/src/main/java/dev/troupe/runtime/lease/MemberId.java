package dev.troupe.runtime.lease;

import java.util.Comparator;

/// One life of a member: where it is reached, and a number by which it differs from its former
/// lives.
public record MemberId(String address, long uid) implements Comparable<MemberId> {

  private static final Comparator<MemberId> ORDER =
      Comparator.comparing(MemberId::address).thenComparingLong(MemberId::uid);

  @Override
  public int compareTo(MemberId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return address + "#" + uid;
  }
}
