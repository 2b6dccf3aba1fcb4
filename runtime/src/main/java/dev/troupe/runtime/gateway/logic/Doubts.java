package dev.troupe.runtime.gateway.logic;

import dev.troupe.runtime.lease.MemberId;
import java.util.LinkedHashMap;

/// Members that differ from this one in what may be the same in a moment, and since when. They are
/// kept waiting, until it is clear that it stays so.
public final class Doubts {

  /// Each member looks into the store once a second.
  static final long PATIENCE_MILLIS = 3_000;

  /// More than a cluster has members.
  private static final int MOST = 64;

  private final LinkedHashMap<MemberId, Long> since = new LinkedHashMap<>();

  /// Takes note of a doubt.
  ///
  /// @return whether it lasts for so long that it is none any more
  public boolean isOld(MemberId member, long nowMillis) {
    long first = since.computeIfAbsent(member, _ -> nowMillis);
    if (since.size() > MOST) {
      since.pollFirstEntry();
    }
    return nowMillis - first >= PATIENCE_MILLIS;
  }

  public void end(MemberId member) {
    since.remove(member);
  }
}
