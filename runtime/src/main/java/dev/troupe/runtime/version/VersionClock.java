package dev.troupe.runtime.version;

import dev.troupe.api.resource.Version;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Issues the versions of one partition in one epoch, and knows which of them are in flight.
///
/// Shared by the partition and its resources, hence guarded by one lock. The guarantees:
///
/// - versions strictly increase, above everything that was issued or promised before;
/// - whoever takes a version is in flight from the same moment, until the partition releases it;
/// - once closed, nobody takes a version any more: who has none then has stored nothing;
/// - what was promised (*nothing at or below t will come*) is at or below the stored ceiling, so
///   the next epoch, which starts above the ceiling, keeps the promise even if this one is
///   forgotten.
///
/// @param <T> what is remembered of a version in flight
public final class VersionClock<T> {

  /// How far a ceiling may run ahead of time.
  private static final long AHEAD_MILLIS = 3_000;

  /// By how much the clocks of two members may differ that work together.
  private static final long OFFSET_MILLIS = 250;

  /// How far what a writer has seen may be ahead of time: it comes from one who is ahead himself,
  /// and this clock may be behind.
  private static final long SEEN_AHEAD_MILLIS = AHEAD_MILLIS + 2 * OFFSET_MILLIS;

  /// By how much a ceiling that is too far ahead already is raised.
  private static final long CEILING_STEP = Version.atMillis(64);

  /// A version in flight.
  public record InFlight<T>(long version, T ticket) {}

  private final int partition;
  private final InstantSource time;

  /// Where it began: another incarnation of a store begins ahead of all clocks.
  private final long begun;

  private final ArrayDeque<InFlight<T>> inFlight = new ArrayDeque<>();

  private long last;
  private long ceiling;
  private long ignored;
  private boolean closed;

  /// @param floor the highest version that may have been issued, stored or promised in any epoch
  ///   before
  /// @param ceiling the ceiling that is stored
  public VersionClock(int partition, long floor, long ceiling, InstantSource time) {
    this.partition = partition;
    this.last = Math.max(floor, ceiling);
    this.begun = last;
    this.ceiling = ceiling;
    this.time = time;
  }

  /// Takes the smallest version above everything that was taken, promised or is past, and above
  /// `after`, and puts it in flight.
  ///
  /// @param after the highest version that the writer has seen; more than 3.5 s ahead of the clock,
  ///   and of where this one began, it is ignored (and counted)
  /// @return [Version#NONE] if the epoch is over
  public synchronized long take(long after, T ticket) {
    if (closed) {
      return Version.NONE;
    }
    long now = Version.atMillis(time.millis());
    long floor = Math.max(last, now);
    if (after > Math.max(now, begun) + Version.atMillis(SEEN_AHEAD_MILLIS)) {
      ignored++;
    } else {
      floor = Math.max(floor, after);
    }
    last = Version.next(floor, partition);
    inFlight.addLast(new InFlight<>(last, ticket));
    return last;
  }

  /// The lowest version in flight; [Long#MAX_VALUE] if there is none.
  public synchronized long lowestInFlight() {
    var lowest = inFlight.peekFirst();
    return lowest == null ? Long.MAX_VALUE : lowest.version();
  }

  /// What is remembered of the lowest version in flight; empty if there is none.
  public synchronized Optional<T> lowestTicket() {
    return Optional.ofNullable(inFlight.peekFirst()).map(InFlight::ticket);
  }

  /// Ends the flight of the lowest version in flight.
  ///
  /// @return what was remembered of it
  public synchronized T release(long version) {
    var lowest = inFlight.peekFirst();
    if (lowest == null || lowest.version() != version) {
      throw new IllegalStateException(version + " is released out of order, lowest is " + lowest);
    }
    inFlight.removeFirst();
    return lowest.ticket();
  }

  /// Ends the flight of a version that is not stored and never will be.
  ///
  /// @return what was remembered of it
  public synchronized T withdraw(long version) {
    for (var flight : inFlight) {
      if (flight.version() == version) {
        inFlight.remove(flight);
        return flight.ticket();
      }
    }
    throw new IllegalStateException(version + " is withdrawn, and not in flight");
  }

  public synchronized boolean isInFlight(Predicate<T> wanted) {
    return inFlight.stream().anyMatch(flight -> wanted.test(flight.ticket()));
  }

  /// Makes sure that no version at or below `upTo` will be taken any more, as far as the ceiling
  /// allows. What is in flight then is still to be waited for.
  ///
  /// @return how far: `upTo`, or the ceiling if that is lower
  public synchronized long promise(long upTo) {
    long bound = Math.min(upTo, ceiling);
    last = Math.max(last, bound);
    return bound;
  }

  /// Up to where promises may be given now.
  public synchronized long ceiling() {
    return ceiling;
  }

  /// Whether a promise up to `version` is within what the ceiling is, or may become now.
  public synchronized boolean mayPromise(long version) {
    return version <= ceiling || version <= Version.atMillis(time.millis() + AHEAD_MILLIS);
  }

  /// What the ceiling should be raised to: 3 s ahead of the clock, or a small step further if it is
  /// ahead already, so that opening again and again does not run away from time.
  public synchronized long nextCeiling() {
    long ahead = Version.atMillis(time.millis() + AHEAD_MILLIS);
    return ahead > ceiling ? ahead : ceiling + CEILING_STEP;
  }

  /// Takes note that a higher ceiling has been stored.
  public synchronized void raise(long stored) {
    ceiling = Math.max(ceiling, stored);
  }

  /// Ends the epoch: whoever has not taken a version by now gets none.
  ///
  /// @return what is in flight, in version order
  public synchronized List<InFlight<T>> close() {
    closed = true;
    return List.copyOf(inFlight);
  }

  /// How many versions that writers claimed to have seen were too far ahead to be believed.
  public synchronized long ignored() {
    return ignored;
  }
}
