package dev.troupe.runtime.liveness.logic;

import static java.util.stream.Collectors.joining;

import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.TwoClocks;
import dev.troupe.runtime.store.cluster.Standing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Whether a member that is in no roll may begin a cluster: at once where none is, otherwise when
/// the one that was has done nothing for so long that none of its members may read any more.
///
/// Silence counts only while the store answers: when it was away, nobody could show himself.
///
/// It goes by what it has seen itself, by its own clock that never runs ahead: the store counts
/// beats, and nobody's clock says when one was. A beat that was answered before the first look was
/// sent before it; one that comes later is seen, or keeps the store from writing.
public final class Forming {

  /// What is to be done.
  public sealed interface Step {

    /// Forms, if the store has seen nothing else meanwhile.
    record Form(Standing seen) implements Step {}

    /// Looks again.
    ///
    /// @param left how long it takes at least
    /// @param why who is there, for people
    record Wait(Duration left, String why) implements Step {}

    /// It is in the roll.
    record Inside() implements Step {}

    /// It was in a roll, and must end: others have taken over.
    record Struck() implements Step {}
  }

  /// As many beats may have gone without an answer.
  private static final int MISSED = 3;

  private final MemberId self;
  private final LeaseSettings settings;

  private @Nullable Standing last;
  private @Nullable TwoClocks since;
  private @Nullable TwoClocks looked;

  public Forming(MemberId self, LeaseSettings settings) {
    this.self = self;
    this.settings = settings;
  }

  /// @param shown the answer to a beat
  /// @param now when it came
  public Step on(Standing shown, TwoClocks now) {
    if (shown.struck()) {
      return new Step.Struck();
    }
    if (shown.roll().includes(self)) {
      return new Step.Inside();
    }
    if (shown.roll().members().isEmpty()) {
      return new Step.Form(shown);
    }
    if (last == null || since == null || !shown.isStill(last) || !hasWatched(now)) {
      since = now;
    }
    last = shown;
    looked = now;
    var left = now.remaining(settings.silenceIsOver(), since);
    return left.isPositive() ? new Step.Wait(left, why(shown, left)) : new Step.Form(shown);
  }

  private boolean hasWatched(TwoClocks now) {
    return looked != null && !now.isPast(settings.beat().multipliedBy(MISSED), looked);
  }

  private String why(Standing shown, Duration left) {
    return "the store belongs to a cluster of "
        + names(shown.roll())
        + ", of which nothing has been seen for "
        + settings.silenceIsOver().minus(left).toSeconds()
        + " s: join it, or wait until it has been silent for "
        + settings.silenceIsOver().toSeconds()
        + " s";
  }

  /// The members of a roll, for people.
  public static String names(Roll roll) {
    return roll.members().stream().sorted().map(MemberId::toString).collect(joining(", "));
  }
}
