package dev.troupe.runtime.liveness.logic;

import dev.troupe.runtime.lease.MemberId;
import java.util.Collection;
import java.util.LinkedHashSet;

/// Lives of members that are over: the newest of them. Older ones may be forgotten, as nobody says
/// anything of them any more, and the store takes nobody back.
final class Departed {

  /// More than ever go at about the same time.
  private static final int MOST = 128;

  private final LinkedHashSet<MemberId> members = new LinkedHashSet<>();

  void add(MemberId member) {
    members.addLast(member);
    if (members.size() > MOST) {
      members.removeFirst();
    }
  }

  void remove(Collection<MemberId> present) {
    members.removeAll(present);
  }

  boolean contains(MemberId member) {
    return members.contains(member);
  }
}
