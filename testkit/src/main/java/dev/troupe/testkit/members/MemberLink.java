package dev.troupe.testkit.members;

import dev.troupe.testkit.proxy.FaultProxy;
import dev.troupe.testkit.proxy.LinkCondition;

/// All connections that a member has with somebody.
public interface MemberLink {

  /// From now on, in both directions.
  void set(LinkCondition condition);

  /// Breaks those that there are.
  void reset();

  /// Everything goes through again.
  void heal();

  /// Those that go through a proxy of the member's own.
  static MemberLink through(FaultProxy proxy) {
    return new Proxied(proxy);
  }

  /// @param proxy that nobody else's connections go through
  record Proxied(FaultProxy proxy) implements MemberLink {

    @Override
    public void set(LinkCondition condition) {
      proxy.set(condition);
    }

    @Override
    public void reset() {
      proxy.reset();
    }

    @Override
    public void heal() {
      proxy.heal();
    }
  }
}
