package dev.troupe.runtime.gateway;

import dev.troupe.runtime.gateway.bulk.Bundling;
import dev.troupe.runtime.gateway.bulk.Parcels;
import dev.troupe.runtime.gateway.format.GatewayFormats;
import dev.troupe.runtime.gateway.logic.ParcelLimits;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.gateway.message.Packed;
import dev.troupe.runtime.gateway.report.Reports;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.measure.MemberMeasures;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;

/// The other members that this one works with, and the way of letters to them. Changed by the
/// gateway, used by any thread.
///
/// There are two ways, each with a connection of its own, so that what must be fast does not wait
/// for what is large. Letters overtake each other where they go different ways.
final class Peers {

  /// Larger letters go where others may wait for them.
  private static final int LIGHT = 16 * 1024;

  /// Larger ones go in parts.
  private static final int WHOLE = 128 * 1024;

  /// To one member.
  ///
  /// @param gateway for what is small
  /// @param streams for changes, beside the next
  /// @param bulk for what is not
  record Ways(Bundling gateway, Bundling streams, ActorRef<Object> bulk) {

    static final String GATEWAY = "gateway";

    /// Has a connection of its own, as the configuration of Pekko says.
    static final String BULK = "gateway-bulk";

    /// By the dispatcher that sends them: it would be woken by each of them anyway.
    private static final String SENDER = "pekko.remote.default-remote-dispatcher";

    static Ways to(ActorSystem<?> system, String address) {
      var sender = system.dispatchers().lookup(DispatcherSelector.fromConfig(SENDER));
      var bulk = Gateway.<Object>desk(system, address, BULK);
      return new Ways(
          new Bundling(Gateway.desk(system, address, GATEWAY)::tell, sender),
          new Bundling(bulk::tell, sender),
          bulk);
    }
  }

  private final MemberId self;
  private final Function<String, Ways> ways;
  private final IntSupplier spoken;
  private final Parcels parcels;
  private final MemberMeasures measures;
  private final Map<MemberId, Ways> open = new ConcurrentHashMap<>();

  /// @param ways by the address of their member
  /// @param spoken the version of the language that all understand
  Peers(
      MemberId self,
      Function<String, Ways> ways,
      IntSupplier spoken,
      ParcelLimits limits,
      InstantSource time,
      MemberMeasures measures) {
    this.self = self;
    this.spoken = spoken;
    this.ways = ways;
    this.measures = measures;
    this.parcels = new Parcels(limits, first(), time, this::send);
  }

  MemberId self() {
    return self;
  }

  /// Where numbers begin by which others know something: positive, and most likely far away from
  /// what a former life has counted up to.
  long first() {
    return self.uid() & Integer.MAX_VALUE;
  }

  Parcels parcels() {
    return parcels;
  }

  /// Begins to work with a member.
  ///
  /// @return whether it did not before
  boolean open(MemberId member) {
    return open.putIfAbsent(member, ways.apply(member.address())) == null;
  }

  void close(MemberId member) {
    open.remove(member);
    parcels.gone(member);
  }

  boolean isOpen(MemberId member) {
    return open.containsKey(member);
  }

  Set<MemberId> all() {
    return Set.copyOf(open.keySet());
  }

  /// What is sent to a member that this one does not work with is lost, as anything may be.
  ///
  /// @return false if there is no room for it now: it is not sent then
  boolean send(MemberId to, long correlation, GatewayMessage message) {
    var known = open.get(to);
    if (known == null) {
      return true;
    }
    measures.sent(message);
    if (message instanceof GatewayMessage.Streamed(_, var streamed)) {
      // Never large. As bytes it would be there once more for each of those who wait for it.
      return known.streams().send(new Letter(self, correlation, message), streamed.item().weight());
    }
    var packed = packed(correlation, message);
    if (packed.size() > WHOLE) {
      return parcels.send(to, packed);
    }
    if (packed.size() <= LIGHT && !isBulk(message)) {
      return known.gateway().send(packed, packed.size());
    }
    known.bulk().tell(packed);
    return true;
  }

  /// There may be many of them at once.
  private static boolean isBulk(GatewayMessage message) {
    return message instanceof GatewayMessage.OfALister
        || message instanceof GatewayMessage.ParcelPart;
  }

  void send(MemberId to, GatewayMessage message) {
    send(to, Letter.NOBODY_WAITS, message);
  }

  /// The same for those who look after all of them.
  Reports.Others others() {
    return new Reports.Others() {
      @Override
      public Set<MemberId> all() {
        return Peers.this.all();
      }

      @Override
      public void send(MemberId member, GatewayMessage.OfOverviews message) {
        Peers.this.send(member, message);
      }
    };
  }

  /// Speaks to whoever is at an address, before anybody works with anybody.
  void say(String address, GatewayMessage.OfTheDoor message) {
    measures.sent(message);
    var packed = packed(Letter.NOBODY_WAITS, message);
    var _ = ways.apply(address).gateway().send(packed, packed.size());
  }

  private Packed packed(long correlation, GatewayMessage message) {
    return GatewayFormats.packed(new Letter(self, correlation, message), spoken.getAsInt());
  }
}
