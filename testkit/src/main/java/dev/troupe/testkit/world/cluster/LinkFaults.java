package dev.troupe.testkit.world.cluster;

import java.time.Duration;

/// What happens to messages between members, as probabilities per message.
///
/// @param lost it never arrives
/// @param repeated it arrives twice
/// @param late it takes much longer than usual
/// @param delay the longest that it usually takes
/// @param lateness the longest that a late one takes
record LinkFaults(double lost, double repeated, double late, Duration delay, Duration lateness) {

  static final LinkFaults NONE =
      new LinkFaults(0, 0, 0, Duration.ofMillis(2), Duration.ofMillis(2));

  static final LinkFaults MANY =
      new LinkFaults(0.05, 0.05, 0.03, Duration.ofMillis(20), Duration.ofSeconds(3));
}
