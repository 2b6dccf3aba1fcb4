package dev.troupe.runtime.gateway.logic;

import dev.troupe.runtime.gateway.message.GatewayMessage.ParcelCredit;
import dev.troupe.runtime.gateway.message.GatewayMessage.ParcelPart;
import dev.troupe.runtime.lease.MemberId;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What this member receives in parts. Whoever is given credit can be received to the end: of the
/// others only the first part is here, and they wait for their turn.
public final class IncomingParcels {

  /// A credit, and to whom it goes.
  public record Granted(MemberId to, ParcelCredit credit) {}

  /// What comes of a part.
  ///
  /// @param content of a parcel that is complete now; null if none is
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Received(List<Granted> credits, byte @Nullable [] content) {}

  private record Key(MemberId from, long parcel) {}

  private static final class Parcel {

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private int received;
    private boolean inTurn;
    private long heardMillis;

    private void add(ParcelPart part) {
      content.writeBytes(part.content());
      received++;
    }

    private int credit() {
      return inTurn ? received + OutgoingParcels.WINDOW : received;
    }
  }

  private final ParcelLimits limits;

  /// The oldest first.
  private final Map<Key, Parcel> parcels = new LinkedHashMap<>();

  public IncomingParcels(ParcelLimits limits) {
    this.limits = limits;
  }

  public Received on(MemberId from, ParcelPart part, long now) {
    var key = new Key(from, part.parcel());
    var parcel = parcels.get(key);
    if (parcel == null) {
      if (part.ordinal() != 0) {
        return new Received(List.of(granted(key, OutgoingParcels.OVER)), null);
      }
      if (known(from) == limits.knownOfOne()) {
        return new Received(List.of(), null);
      }
      parcel = new Parcel();
      parcels.put(key, parcel);
    }
    parcel.heardMillis = now;
    if (part.ordinal() == parcel.received && fits(parcel, part)) {
      parcel.add(part);
      if (part.last()) {
        return received(key, parcel.content.toByteArray());
      }
    }
    var credits = turns();
    var own = granted(key, parcel.credit());
    if (!credits.contains(own)) {
      credits.add(own);
    }
    return new Received(credits, null);
  }

  private boolean fits(Parcel parcel, ParcelPart part) {
    return parcel.content.size() + part.content().length <= limits.largest()
        && (parcel.received == 0 || parcel.inTurn);
  }

  private Received received(Key key, byte[] content) {
    parcels.remove(key);
    var credits = turns();
    credits.add(granted(key, OutgoingParcels.OVER));
    return new Received(credits, content);
  }

  private static Granted granted(Key key, int parts) {
    return new Granted(key.from(), new ParcelCredit(key.parcel(), parts));
  }

  /// Whose turn it is now.
  private List<Granted> turns() {
    var credits = new ArrayList<Granted>();
    parcels.forEach((key, parcel) -> {
      if (!parcel.inTurn
          && inTurn(key.from()) < limits.receivedOfOne()
          && inTurn() < limits.receivedOfAll()) {
        parcel.inTurn = true;
        credits.add(granted(key, parcel.credit()));
      }
    });
    return credits;
  }

  private long inTurn() {
    return parcels.values().stream().filter(parcel -> parcel.inTurn).count();
  }

  private long inTurn(MemberId from) {
    return parcels.entrySet().stream()
        .filter(entry -> entry.getKey().from().equals(from) && entry.getValue().inTurn)
        .count();
  }

  private long known(MemberId from) {
    return parcels.keySet().stream().filter(key -> key.from().equals(from)).count();
  }

  /// Lets go of what does not go on. To be called now and then.
  public List<Granted> look(long now) {
    parcels.values().removeIf(parcel -> parcel.heardMillis < now - OutgoingParcels.SILENT_MILLIS);
    return turns();
  }

  /// A member will send nothing any more.
  public List<Granted> gone(MemberId member) {
    parcels.keySet().removeIf(key -> key.from().equals(member));
    return turns();
  }

  /// How many bytes are here of what is not complete.
  public long bytes() {
    return parcels.values().stream().mapToLong(parcel -> parcel.content.size()).sum();
  }
}
