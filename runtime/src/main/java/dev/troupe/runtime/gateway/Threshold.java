package dev.troupe.runtime.gateway;

import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.lease.MemberId;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is let in here, and how this member is let in by others. For the gateway alone.
final class Threshold {

  private static final Logger LOG = LoggerFactory.getLogger(Threshold.class);

  /// Whoever has let this member in may be gone before it has joined.
  private static final long KNOCK_AGAIN_MILLIS = 3_000;

  private final ActorSystem<?> system;
  private final Cluster cluster;
  private final Peers peers;
  private final Joining joining;
  private final BiConsumer<MemberId, Introduction> open;

  private boolean turnedAway;
  private long knockAt = Long.MIN_VALUE;

  /// @param open is told who may be worked with, more than once
  Threshold(
      ActorSystem<?> system,
      Peers peers,
      Joining joining,
      BiConsumer<MemberId, Introduction> open) {
    this.system = system;
    this.cluster = Cluster.get(system);
    this.peers = peers;
    this.joining = joining;
    this.open = open;
  }

  /// Asks the seeds to be let in, as long as this member is in no cluster.
  void knock(long now) {
    if (!isInside() && !turnedAway && now >= knockAt) {
      joining.seeds().get().stream()
          .filter(seed -> !seed.equals(peers.self().address()))
          .forEach(this::sayHello);
    }
  }

  void sayHello(String address) {
    peers.say(address, new GatewayMessage.Hello(joining.introduction().get()));
  }

  /// The store says that this member has begun a cluster.
  void begin(long now) {
    if (!isInside()) {
      join(cluster.selfMember().address(), now);
    }
  }

  private void join(Address address, long now) {
    knockAt = now + KNOCK_AGAIN_MILLIS;
    cluster.manager().tell(Join.create(address));
  }

  private boolean isInside() {
    var status = cluster.selfMember().status();
    return status.equals(MemberStatus.joining())
        || status.equals(MemberStatus.up())
        || status.equals(MemberStatus.leaving());
  }

  void on(MemberId from, GatewayMessage.OfTheDoor message, long now) {
    switch (message) {
      case GatewayMessage.Hello(var guest) -> welcome(from, guest);
      case GatewayMessage.LetIn(var host) -> letIn(from, host, now);
      case GatewayMessage.TurnedAway(var sentence) -> turnedAway(from, sentence);
    }
  }

  private void welcome(MemberId from, Introduction guest) {
    if (!isInside()) {
      // Whoever knocks knocks again.
      return;
    }
    var self = joining.introduction().get();
    var objection = joining.keeper().objection(self, guest);
    if (objection.isPresent()) {
      LOG.warn("{} is turned away: {}", from, objection.get());
      peers.say(from.address(), new GatewayMessage.TurnedAway(objection.get()));
    } else {
      peers.say(from.address(), new GatewayMessage.LetIn(self));
      open.accept(from, guest);
    }
  }

  private void letIn(MemberId from, Introduction host, long now) {
    var objection = joining.keeper().objection(joining.introduction().get(), host);
    if (objection.isPresent()) {
      LOG.warn("{} is not worked with: {}", from, objection.get());
      turnAway("this member does not work with %s: %s".formatted(from.address(), objection.get()));
      return;
    }
    if (!isInside() && !turnedAway && now >= knockAt) {
      join(AddressFromURIString.parse("pekko://" + system.name() + "@" + from.address()), now);
    }
    open.accept(from, host);
  }

  private void turnedAway(MemberId from, String sentence) {
    LOG.error("{} turns this member away: {}", from, sentence);
    turnAway("%s turns this member away: %s".formatted(from.address(), sentence));
  }

  private void turnAway(String why) {
    if (!isInside() && !turnedAway) {
      turnedAway = true;
      joining.turnedAway().accept(why);
    }
  }
}
