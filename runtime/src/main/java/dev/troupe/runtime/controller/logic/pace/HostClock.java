package dev.troupe.runtime.controller.logic.pace;

import dev.troupe.api.controller.settings.ControllerSettings;
import dev.troupe.api.resource.ResourceKey;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/// What comes up in a host because time has passed, and the one alarm that is set for the earliest
/// of it.
public final class HostClock {

  private static final int AT_ONCE = 1_000;

  /// How far ahead the alarm is set; what is due later is looked at again on the way there.
  private static final long LONGEST_MILLIS = 3_600_000;

  /// The objects are spread over their interval in so many steps.
  private static final int STEPS = 1_000;

  private final ControllerSettings settings;
  private final Alarms asked = new Alarms();
  private final Alarms resyncs = new Alarms();
  private final Turns<ResourceKey> turns;
  private long rings = Long.MAX_VALUE;

  public HostClock(ControllerSettings settings) {
    this.settings = settings;
    this.turns = new Turns<>(settings.rate());
  }

  /// What has come up.
  ///
  /// @param asked who has wanted to be told the time
  /// @param again who has not been looked at for long
  /// @param turns whose look has waited because there were too many
  public record Rung(List<ResourceKey> asked, List<ResourceKey> again, List<ResourceKey> turns) {}

  /// The object wants to be told the time then, and not before; never if that is [Long#MAX_VALUE].
  public void set(ResourceKey key, long due) {
    asked.set(key, due);
  }

  /// When the object wants to be told the time; [Long#MAX_VALUE] if never.
  public long due(ResourceKey key) {
    return asked.due(key);
  }

  /// Whether the object may be looked at now; else it is a turn later on.
  public boolean mayLook(ResourceKey key, long now) {
    return turns.mayPass(key, now);
  }

  /// The object has been looked at.
  ///
  /// @param there whether it is there
  public void looked(ResourceKey key, boolean there, long now) {
    if (!settings.resync().isZero()) {
      resyncs.set(key, there ? now + settings.resync().toMillis() : Long.MAX_VALUE);
    }
  }

  /// These are there, and need not be looked at now: each gets its own moment within the interval.
  public void begin(Collection<ResourceKey> there, long now) {
    long interval = settings.resync().toMillis();
    if (interval > 0) {
      for (var key : there) {
        resyncs.set(key, now + interval * Math.floorMod(key.hashCode(), STEPS) / STEPS);
      }
    }
  }

  /// The alarm has rung.
  public Rung rang(long now) {
    rings = Long.MAX_VALUE;
    return new Rung(
        asked.rang(now, AT_ONCE), resyncs.rang(now, AT_ONCE), turns.taken(now, AT_ONCE));
  }

  /// When to ring, if that is earlier than was said last: at the latest an hour from now. Never if
  /// the controller is paused.
  public OptionalLong earlier(long now) {
    long next = Math.min(asked.next(), Math.min(resyncs.next(), turns.next(now)));
    long step = next == Long.MAX_VALUE ? next : Math.min(next, now + LONGEST_MILLIS);
    if (step >= rings || settings.paused()) {
      return OptionalLong.empty();
    }
    rings = step;
    return OptionalLong.of(step);
  }
}
