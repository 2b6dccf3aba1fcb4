package dev.troupe.benchmarks.load;

import java.util.Optional;

/// What is read while something is measured.
public interface Metered {

  /// Syncs that its answers have waited for, since it was made: none of what is only read.
  default long syncs() {
    return 0;
  }

  /// Its own process, if it has one.
  default Optional<ProcessHandle> process() {
    return Optional.empty();
  }
}
