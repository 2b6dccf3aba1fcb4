package dev.troupe.runtime.gateway;

import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.lease.MemberId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/// The other members that this one works with, and the way of letters to them. Changed by the
/// gateway, used by any thread.
final class Peers {

  private static final long NOBODY_WAITS = 0;

  private final MemberId self;
  private final Function<String, ActorRef<Letter>> gateways;
  private final Map<MemberId, ActorRef<Letter>> open = new ConcurrentHashMap<>();

  /// @param gateways by the address of their member
  Peers(MemberId self, Function<String, ActorRef<Letter>> gateways) {
    this.self = self;
    this.gateways = gateways;
  }

  MemberId self() {
    return self;
  }

  /// Begins to work with a member.
  ///
  /// @return whether it did not before
  boolean open(MemberId member) {
    return open.putIfAbsent(member, gateways.apply(member.address())) == null;
  }

  void close(MemberId member) {
    open.remove(member);
  }

  boolean isOpen(MemberId member) {
    return open.containsKey(member);
  }

  Set<MemberId> all() {
    return Set.copyOf(open.keySet());
  }

  /// What is sent to a member that this one does not work with is lost, as anything may be.
  void send(MemberId to, long correlation, GatewayMessage message) {
    var gateway = open.get(to);
    if (gateway != null) {
      gateway.tell(new Letter(self, correlation, message));
    }
  }

  void send(MemberId to, GatewayMessage message) {
    send(to, NOBODY_WAITS, message);
  }

  /// Speaks to whoever is at an address, before anybody works with anybody.
  void say(String address, GatewayMessage.OfTheDoor message) {
    gateways.apply(address).tell(new Letter(self, NOBODY_WAITS, message));
  }
}
