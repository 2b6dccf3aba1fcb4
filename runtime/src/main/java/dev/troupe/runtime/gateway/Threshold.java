package dev.troupe.runtime.gateway;

import dev.troupe.runtime.gateway.logic.Doorkeeper;
import dev.troupe.runtime.gateway.logic.Doubts;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.lease.MemberId;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is let in here, and how this member is let in by others. For the gateway alone.
///
/// The store says who begins a cluster, so members with different stores would begin one each,
/// although they look for each other. So a member that has begun one goes on asking the seeds until
/// it serves, and of two that find themselves apart one ends: whoever serves already stays.
final class Threshold {

  private static final Logger LOG = LoggerFactory.getLogger(Threshold.class);

  /// Whoever has let this member in may be gone before it has joined.
  private static final long KNOCK_AGAIN_MILLIS = 3_000;

  /// So long seeds that say nothing have to object to a cluster that was begun beside them.
  private static final long OBJECTING_MILLIS = 2_000;

  private final ActorSystem<?> system;
  private final Cluster cluster;
  private final Peers peers;
  private final Joining joining;
  private final BiConsumer<MemberId, Introduction> open;
  private final Doubts doubts = new Doubts();

  /// Whom this member has sent away last, which is said once.
  private @Nullable MemberId sentAway;

  private boolean turnedAway;
  private boolean unopposed;
  private long knockAt = Long.MIN_VALUE;
  private long begunAt = Long.MIN_VALUE;

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

  /// Asks the seeds to be let in, or whether they object.
  void knock(long now) {
    if (isOnProbation() && now >= knockAt) {
      seeds().filter(seed -> !isMet(seed)).forEach(this::sayHello);
    }
    if (!unopposed && isInside() && isUnopposed(now)) {
      unopposed = true;
      joining.start().unopposed();
    }
  }

  private Stream<String> seeds() {
    return joining.seeds().get().stream().filter(seed -> !seed.equals(peers.self().address()));
  }

  private boolean isMet(String seed) {
    return peers.all().stream().anyMatch(peer -> peer.address().equals(seed));
  }

  /// Whoever was let in has been looked at.
  private boolean isUnopposed(long now) {
    return !hasBegun() || now >= begunAt + OBJECTING_MILLIS || seeds().allMatch(this::isMet);
  }

  private boolean hasBegun() {
    return begunAt != Long.MIN_VALUE;
  }

  /// Whether others may still keep this member out: it is in no cluster, or has begun one just now.
  private boolean isOnProbation() {
    return !turnedAway && (!isInside() || (hasBegun() && !joining.start().isOver()));
  }

  void sayHello(String address) {
    joining
        .introduction()
        .get()
        .ifPresent(self -> peers.say(address, new GatewayMessage.Hello(self)));
  }

  /// The store says that this member has begun a cluster.
  void begin(long now) {
    if (!isInside()) {
      begunAt = now;
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
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

  /// Before it is known how it stands in the store there is nothing to compare: whoever knocks
  /// knocks again.
  void on(MemberId from, GatewayMessage.OfTheDoor message, long now) {
    var self = joining.introduction().get();
    switch (message) {
      case GatewayMessage.Hello(var guest) ->
          self.ifPresent(here -> welcome(from, here, guest, now));
      case GatewayMessage.LetIn(var host) -> self.ifPresent(here -> letIn(from, here, host, now));
      case GatewayMessage.TurnedAway(var sentence) -> turnedAway(from, sentence);
    }
  }

  private void welcome(MemberId from, Introduction self, Introduction guest, long now) {
    if (turnedAway) {
      // Whoever is about to end keeps nobody out.
      return;
    }
    if (mustYield(from, self, guest)) {
      joining.keeper().objection(guest, self).ifPresent(why -> turnedAway(from, why));
    } else if (isInside()) {
      objection(from, self, guest, now)
          .ifPresentOrElse(why -> sendAway(from, why), () -> receive(from, self, guest));
    }
  }

  /// Only whom this member looks for itself can keep it from beginning.
  private boolean mustYield(MemberId other, Introduction self, Introduction guest) {
    return Doorkeeper.areApart(self, guest)
        && Doorkeeper.yields(peers.self(), self, other, guest)
        && isOnProbation()
        && seeds().anyMatch(other.address()::equals);
  }

  private Optional<String> objection(
      MemberId from, Introduction self, Introduction guest, long now) {
    return joining
        .keeper()
        .objection(self, guest)
        .or(() -> joining.keeper().doubt(self, guest).filter(_ -> doubts.isOld(from, now)));
  }

  private void receive(MemberId from, Introduction self, Introduction guest) {
    if (isClear(from, self, guest)) {
      peers.say(from.address(), new GatewayMessage.LetIn(self));
      open.accept(from, guest);
    }
  }

  private boolean isClear(MemberId other, Introduction self, Introduction there) {
    boolean isClear = joining.keeper().doubt(self, there).isEmpty();
    if (isClear) {
      doubts.end(other);
    }
    return isClear;
  }

  private void sendAway(MemberId guest, String why) {
    if (!guest.equals(sentAway)) {
      sentAway = guest;
      LOG.warn("{} is turned away: {}", guest, why);
    }
    peers.say(guest.address(), new GatewayMessage.TurnedAway(why));
  }

  private void letIn(MemberId from, Introduction self, Introduction host, long now) {
    var objection = joining.keeper().objection(self, host);
    if (objection.isPresent()) {
      LOG.warn("{} is not worked with: {}", from, objection.get());
      if (isInside() && (!Doorkeeper.areApart(self, host) || Doorkeeper.areCopies(self, host))) {
        // A copy was asked before this member formed a cluster, and will say more when asked again.
        return;
      }
      turnAway("this member does not work with %s: %s".formatted(from.address(), objection.get()));
    } else if (isClear(from, self, host)) {
      if (!isInside() && !hasBegun() && !turnedAway && now >= knockAt) {
        join(AddressFromURIString.parse("pekko://" + system.name() + "@" + from.address()), now);
      }
      open.accept(from, host);
    }
  }

  private void turnedAway(MemberId from, String sentence) {
    if (isOnProbation()) {
      LOG.error("{} turns this member away: {}", from, sentence);
    }
    turnAway("%s turns this member away: %s".formatted(from.address(), sentence));
  }

  private void turnAway(String why) {
    if (isOnProbation()) {
      turnedAway = true;
      joining.start().turnedAway(why);
    }
  }
}
