package dev.troupe.runtime.gateway.bulk;

import dev.troupe.runtime.gateway.logic.IncomingParcels;
import dev.troupe.runtime.gateway.logic.OutgoingParcels;
import dev.troupe.runtime.gateway.logic.ParcelLimits;
import dev.troupe.runtime.gateway.message.GatewayMessage.OfParcels;
import dev.troupe.runtime.gateway.message.GatewayMessage.ParcelCredit;
import dev.troupe.runtime.gateway.message.GatewayMessage.ParcelPart;
import dev.troupe.runtime.gateway.message.Packed;
import dev.troupe.runtime.lease.MemberId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Letters that are too large to go at once, in parts: those that are sent from here, and those
/// that come. Used by any thread; nobody waits in it.
public final class Parcels {

  private final OutgoingParcels outgoing;
  private final IncomingParcels incoming;
  private final InstantSource time;
  private final BiConsumer<MemberId, OfParcels> way;

  /// @param first differs from life to life of this member
  /// @param way how parts and credits get to a member
  public Parcels(
      ParcelLimits limits, long first, InstantSource time, BiConsumer<MemberId, OfParcels> way) {
    this.outgoing = new OutgoingParcels(limits, first);
    this.incoming = new IncomingParcels(limits);
    this.time = time;
    this.way = way;
  }

  /// @return false if there is no room: nothing is sent then
  public synchronized boolean send(MemberId to, Packed letter) {
    var sent = outgoing.begin(to, letter.whole(), time.millis());
    sent.ifPresent(this::send);
    return sent.isPresent();
  }

  private void send(List<OutgoingParcels.Sent> parts) {
    parts.forEach(sent -> way.accept(sent.to(), sent.part()));
  }

  private void grant(List<IncomingParcels.Granted> credits) {
    credits.forEach(granted -> way.accept(granted.to(), granted.credit()));
  }

  /// @return a letter that has come to its end
  /// @throws dev.troupe.runtime.wire.MalformedException if that is none
  public synchronized Optional<Packed> on(MemberId from, OfParcels message) {
    return switch (message) {
      case ParcelPart part -> {
        var received = incoming.on(from, part, time.millis());
        grant(received.credits());
        yield Optional.ofNullable(received.content()).map(Packed::of);
      }
      case ParcelCredit credit -> {
        send(outgoing.on(from, credit, time.millis()));
        yield Optional.empty();
      }
    };
  }

  /// To be called now and then.
  public synchronized void look() {
    send(outgoing.look(time.millis()));
    grant(incoming.look(time.millis()));
  }

  /// A member neither sends nor receives any more.
  public synchronized void gone(MemberId member) {
    outgoing.gone(member);
    grant(incoming.gone(member));
  }
}
