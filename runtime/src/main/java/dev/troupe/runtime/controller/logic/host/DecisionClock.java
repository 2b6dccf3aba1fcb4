package dev.troupe.runtime.controller.logic.host;

import dev.troupe.api.resource.Version;
import java.time.InstantSource;

/// Numbers the decisions of one host in one epoch: above all that are stored, and readable as a
/// time. Shared by the host's actors.
public final class DecisionClock {

  private final int partition;
  private final InstantSource time;
  private long last;

  /// @param floor the highest version that is stored
  public DecisionClock(int partition, long floor, InstantSource time) {
    this.partition = partition;
    this.last = floor;
    this.time = time;
  }

  /// The highest version that was given, or is stored.
  public synchronized long last() {
    return last;
  }

  public synchronized long next() {
    last = Version.next(Math.max(last, Version.atMillis(time.millis())), partition);
    return last;
  }
}
