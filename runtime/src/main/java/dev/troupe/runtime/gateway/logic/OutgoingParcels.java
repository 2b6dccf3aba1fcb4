package dev.troupe.runtime.gateway.logic;

import dev.troupe.runtime.gateway.message.GatewayMessage.ParcelCredit;
import dev.troupe.runtime.gateway.message.GatewayMessage.ParcelPart;
import dev.troupe.runtime.lease.MemberId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What this member sends in parts. Of each parcel so many parts are sent as its receiver has given
/// credit for; the first needs none. What may be lost is sent again, until nobody answers any more:
/// never the first part once another has been sent, so that nothing arrives twice that has two.
public final class OutgoingParcels {

  /// Bytes.
  static final int PART = 64 * 1024;

  /// How many parts may be on their way.
  static final int WINDOW = 4;

  /// A credit of a receiver who wants nothing more: he has all of it, or has given up.
  static final int OVER = Integer.MAX_VALUE;

  /// Nothing is heard for so long: a part may be lost, or its answer.
  private static final long AGAIN_MILLIS = 1_000;

  /// Nobody answers any more.
  static final long SILENT_MILLIS = 5_000;

  /// Nobody waits for what is in it any more.
  private static final long LONGEST_MILLIS = 30_000;

  /// A part, and to whom it goes.
  public record Sent(MemberId to, ParcelPart part) {}

  private static final class Parcel {

    private final long id;
    private final MemberId to;
    private final byte[] content;
    private final long begunMillis;
    private int next;
    private int allowed = 1;
    private int received;
    private long heardMillis;
    private long sentMillis;

    private Parcel(long id, MemberId to, byte[] content, long now) {
      this.id = id;
      this.to = to;
      this.content = content;
      this.begunMillis = now;
      this.heardMillis = now;
    }

    private int parts() {
      return Math.ceilDiv(content.length, PART);
    }

    private List<Sent> send(long now) {
      var sent = new ArrayList<Sent>();
      int until = Math.min(allowed, parts());
      for (; next < until; next++) {
        sent.add(part(next));
      }
      if (!sent.isEmpty()) {
        sentMillis = now;
      }
      return sent;
    }

    private Sent part(int ordinal) {
      int end = Math.min(content.length, (ordinal + 1) * PART);
      boolean last = ordinal == parts() - 1;
      return new Sent(
          to, new ParcelPart(id, ordinal, last, Arrays.copyOfRange(content, ordinal * PART, end)));
    }

    private void credit(int upTo, long now) {
      heardMillis = now;
      allowed = Math.max(allowed, upTo);
      received = Math.max(received, Math.max(1, upTo - WINDOW));
      next = Math.max(next, received);
    }

    /// Begins behind what has certainly been received; if nothing else may be sent, what was last
    /// received makes the receiver repeat his credit.
    private List<Sent> again(long now) {
      sentMillis = now;
      if (received >= allowed) {
        return List.of(part(received - 1));
      }
      next = received;
      return send(now);
    }

    private boolean isLost(long now) {
      return heardMillis < now - SILENT_MILLIS || begunMillis < now - LONGEST_MILLIS;
    }
  }

  private final ParcelLimits limits;
  private final Map<Long, Parcel> parcels = new LinkedHashMap<>();
  private long last;

  /// @param first differs from life to life of this member
  public OutgoingParcels(ParcelLimits limits, long first) {
    this.limits = limits;
    this.last = first;
  }

  /// Begins to send something.
  ///
  /// @return what is sent now; empty if there is no room, and nothing will be sent
  public Optional<List<Sent>> begin(MemberId to, byte[] content, long now) {
    boolean fits =
        content.length <= limits.largest()
            && bytes(to) + content.length <= limits.sentToOne()
            && bytes() + content.length <= limits.sentToAll();
    if (!fits) {
      return Optional.empty();
    }
    var parcel = new Parcel(++last, to, content, now);
    parcels.put(parcel.id, parcel);
    return Optional.of(parcel.send(now));
  }

  /// @return what may be sent now
  public List<Sent> on(MemberId from, ParcelCredit credit, long now) {
    var parcel = parcels.get(credit.parcel());
    if (parcel == null || !parcel.to.equals(from)) {
      return List.of();
    }
    if (credit.parts() == OVER) {
      parcels.remove(parcel.id);
      return List.of();
    }
    parcel.credit(credit.parts(), now);
    return parcel.send(now);
  }

  /// To be called now and then.
  ///
  /// @return what is sent again
  public List<Sent> look(long now) {
    parcels.values().removeIf(parcel -> parcel.isLost(now));
    return parcels.values().stream()
        .filter(parcel -> Math.max(parcel.sentMillis, parcel.heardMillis) < now - AGAIN_MILLIS)
        .flatMap(parcel -> parcel.again(now).stream())
        .toList();
  }

  /// A member will answer nothing any more.
  public void gone(MemberId member) {
    parcels.values().removeIf(parcel -> parcel.to.equals(member));
  }

  /// How many bytes wait until they have been received.
  public long bytes() {
    return parcels.values().stream().mapToLong(parcel -> parcel.content.length).sum();
  }

  private long bytes(MemberId to) {
    return parcels.values().stream()
        .filter(parcel -> parcel.to.equals(to))
        .mapToLong(parcel -> parcel.content.length)
        .sum();
  }
}
