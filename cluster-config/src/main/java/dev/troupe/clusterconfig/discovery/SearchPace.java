package dev.troupe.clusterconfig.discovery;

import java.time.Duration;

/// How often members are looked for, and for how long at most.
///
/// @param deadline of one lookup
/// @param first pause, which doubles with each failure in a row
/// @param longest that it becomes
record SearchPace(Duration deadline, Duration first, Duration longest) {

  static final SearchPace STANDARD =
      new SearchPace(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(10));

  /// @param failures in a row
  Duration pause(int failures) {
    var pause = first;
    for (int failure = 1; failure < failures && pause.compareTo(longest) < 0; failure++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
