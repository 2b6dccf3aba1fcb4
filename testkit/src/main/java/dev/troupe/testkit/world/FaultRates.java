package dev.troupe.testkit.world;

import java.time.Duration;

/// How often things go wrong, as probabilities per occasion.
///
/// @param unknown an append reports an unknown outcome, having stored its events or not
/// @param refused an append is refused, because there is no room or too much waits
/// @param hang an append takes very long
/// @param readFails opening, scanning or reading the log fails
/// @param delay the longest that the store usually takes
public record FaultRates(
    double unknown, double refused, double hang, double readFails, Duration delay) {

  public static final FaultRates NONE = new FaultRates(0, 0, 0, 0, Duration.ofMillis(3));

  public static final FaultRates MANY =
      new FaultRates(0.01, 0.01, 0.01, 0.05, Duration.ofMillis(10));
}
