package dev.troupe.testkit.world.partition;

import dev.troupe.testkit.world.Schedule;
import java.time.Duration;
import java.util.List;

/// The lease to read of the member that a partition has been placed at. As long as the partition
/// stays there it is renewed; when the partition is placed elsewhere it lasts for a while, and the
/// member gets no other.
public final class SimulatedLease {

  /// How long it takes to ask the others.
  private static final Duration ROUND = Duration.ofMillis(20);

  private static final long RENEWED = Long.MAX_VALUE;

  private final Schedule schedule;
  private final List<SimulatedLease> former;
  private long endMillis = RENEWED;

  /// @param former those of the members where the partition was before
  SimulatedLease(Schedule schedule, List<SimulatedLease> former) {
    this.schedule = schedule;
    this.former = List.copyOf(former);
  }

  /// Whether what has been read until now may be handed out.
  public boolean covers() {
    return schedule.millis() < endMillis;
  }

  /// It is not renewed any more.
  void end(Duration after) {
    endMillis = Math.min(endMillis, schedule.millis() + after.toMillis());
  }

  /// @param ready is run when a lease is there that has been asked for now
  void await(Runnable ready) {
    if (endMillis == RENEWED) {
      schedule.sometime(
          ROUND,
          () -> {
            if (covers()) {
              ready.run();
            }
          });
    }
  }

  /// The same when nobody who had the partition before is covered any more.
  void awaitGuard(Runnable ready) {
    long over = former.stream().mapToLong(lease -> lease.endMillis).max().orElse(0);
    long now = schedule.millis();
    schedule.after(Duration.ofMillis(Math.max(0, over - now)), () -> await(ready));
  }
}
