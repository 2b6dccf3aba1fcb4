package dev.troupe.api.controller.settings;

import java.time.Duration;

/// How much of a controller runs at once, how fast, and how patiently. Immutable; every setter
/// returns settings with one thing changed. Whoever runs the controller may say otherwise, by
/// `troupe.controllers.NAME`.
///
/// @param workers how many of its objects are reconciled at once; 0 for as many as its member has
///   threads for
/// @param backOffFirst after the first failure of an object it is tried again after about that
///   long; after each further one after twice as long
/// @param backOffMost the longest such delay, and the pace in quarantine
/// @param rate how many reconciles there are in a second at most; 0 for no limit
/// @param priority whose reconciles go first where controllers wait for threads: those of the
///   highest
/// @param resync after how long an object is looked at again although nothing has come up; zero for
///   never
/// @param deadline how long a reconcile may take
/// @param paused nothing is decided; what changes meanwhile is looked at when it is paused no more
public record ControllerSettings(
    int workers,
    Duration backOffFirst,
    Duration backOffMost,
    double rate,
    int priority,
    Duration resync,
    Duration deadline,
    boolean paused) {

  public static final int MOST_WORKERS = 1_024;
  public static final int HIGHEST_PRIORITY = 100;
  public static final double HIGHEST_RATE = 1_000_000;
  public static final Duration LEAST_RESYNC = Duration.ofSeconds(1);
  public static final Duration LONGEST_DEADLINE = Duration.ofMinutes(10);

  public static final ControllerSettings DEFAULT =
      new ControllerSettings(
          0,
          Duration.ofMillis(200),
          Duration.ofMinutes(5),
          0,
          0,
          Duration.ZERO,
          Duration.ofSeconds(5),
          false);

  /// @throws IllegalArgumentException if something cannot be; the message says what
  public ControllerSettings {
    require(
        workers >= 0 && workers <= MOST_WORKERS,
        "workers is " + workers + ", and must be from 0 (as many as there are) to " + MOST_WORKERS);
    require(
        backOffFirst.toMillis() >= 1,
        "back-off.first is " + backOffFirst + ", and must be at least one millisecond");
    require(
        backOffMost.compareTo(backOffFirst) >= 0,
        "back-off.most is " + backOffMost + ", and must not be shorter than back-off.first");
    require(
        rate >= 0 && rate <= HIGHEST_RATE,
        "rate is " + rate + ", and must be from 0 (no limit) to a million a second");
    require(
        Math.abs(priority) <= HIGHEST_PRIORITY,
        "priority is " + priority + ", and must be from -100 to " + HIGHEST_PRIORITY);
    require(
        resync.isZero() || resync.compareTo(LEAST_RESYNC) >= 0,
        "resync is " + resync + ", and must be 0 (never) or at least one second");
    require(
        deadline.isPositive() && deadline.compareTo(LONGEST_DEADLINE) <= 0,
        "deadline is " + deadline + ", and must be longer than nothing and at most ten minutes");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  public ControllerSettings workers(int number) {
    return new ControllerSettings(
        number, backOffFirst, backOffMost, rate, priority, resync, deadline, paused);
  }

  public ControllerSettings backOff(Duration first, Duration most) {
    return new ControllerSettings(workers, first, most, rate, priority, resync, deadline, paused);
  }

  public ControllerSettings rate(double perSecond) {
    return new ControllerSettings(
        workers, backOffFirst, backOffMost, perSecond, priority, resync, deadline, paused);
  }

  public ControllerSettings priority(int other) {
    return new ControllerSettings(
        workers, backOffFirst, backOffMost, rate, other, resync, deadline, paused);
  }

  public ControllerSettings resync(Duration interval) {
    return new ControllerSettings(
        workers, backOffFirst, backOffMost, rate, priority, interval, deadline, paused);
  }

  public ControllerSettings deadline(Duration longest) {
    return new ControllerSettings(
        workers, backOffFirst, backOffMost, rate, priority, resync, longest, paused);
  }

  public ControllerSettings paused(boolean isPaused) {
    return new ControllerSettings(
        workers, backOffFirst, backOffMost, rate, priority, resync, deadline, isPaused);
  }
}
