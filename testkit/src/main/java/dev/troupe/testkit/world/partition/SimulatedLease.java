package dev.troupe.testkit.world.partition;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.testkit.world.Schedule;
import java.time.Duration;

/// The lease to read of the member that a partition has been placed at. As long as the partition
/// stays there it is renewed; when the partition is placed elsewhere it lasts for a while, and the
/// member gets no other.
public final class SimulatedLease {

  /// How long it takes to ask the others.
  private static final Duration ROUND = Duration.ofMillis(20);

  private static final long RENEWED = Long.MAX_VALUE;

  private final Schedule schedule;
  private final MemberId member;
  private long endMillis = RENEWED;

  SimulatedLease(Schedule schedule, MemberId member) {
    this.schedule = schedule;
    this.member = member;
  }

  /// Whose it is.
  MemberId member() {
    return member;
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

  /// The same when a former owner is not covered any more.
  void await(SimulatedLease former, Runnable ready) {
    long left = former.endMillis - schedule.millis();
    schedule.after(Duration.ofMillis(Math.max(0, left)), () -> await(ready));
  }
}
