package dev.troupe.testkit.experiment.database;

import dev.troupe.testkit.members.machine.DiskThrottle;
import dev.troupe.testkit.members.machine.OwnDisk;
import java.util.Optional;

/// Where a database has its files.
///
/// @param disk of its own; empty if it has none
/// @param throttle of that disk; empty if nobody needs it
public record DatabaseDisk(Optional<OwnDisk> disk, Optional<DiskThrottle> throttle) {

  /// Where everything else is.
  public static final DatabaseDisk NONE = new DatabaseDisk(Optional.empty(), Optional.empty());

  OwnDisk own() {
    return disk.orElseThrow(() -> new IllegalStateException("the database has no disk of its own"));
  }

  DiskThrottle itsThrottle() {
    return throttle.orElseThrow(
        () -> new IllegalStateException("the database's disk cannot be slowed down"));
  }
}
