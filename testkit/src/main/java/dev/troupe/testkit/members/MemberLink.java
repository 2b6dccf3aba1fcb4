package dev.troupe.testkit.members;

import dev.troupe.testkit.proxy.LinkCondition;

/// All connections that a member has with somebody.
public interface MemberLink {

  /// From now on, in both directions.
  void set(LinkCondition condition);

  /// Breaks those that there are.
  void reset();

  /// Everything goes through again.
  void heal();
}
