package dev.troupe.testkit.clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// What the clock of a JVM is wrong by. Whatever in the process asks for the time passes through
/// here, once [ClockAgent] has seen to it.
public final class ShiftedClock {

  private static final long LOOK_NANOS = 20_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /// What the JVM answers if a moment is too far from what it is compared with.
  private static final long TOO_FAR = -1;

  private static volatile long millis;

  private ShiftedClock() {}

  /// Reads again and again by how many milliseconds it is wrong.
  static void follow(Path file) {
    look(file);
    Thread.ofPlatform()
        .daemon()
        .name("wrong-clock")
        .start(() -> {
          while (true) {
            look(file);
            LockSupport.parkNanos(LOOK_NANOS);
          }
        });
  }

  private static void look(Path file) {
    try {
      millis = Long.parseLong(Files.readString(file).strip());
    } catch (IOException | NumberFormatException unreadable) {
      // As it was.
    }
  }

  /// Of what the system says.
  public static long millis(long real) {
    return real + millis;
  }

  /// Of what the JVM says in nanoseconds, compared with another moment.
  public static long adjustment(long real) {
    return real == TOO_FAR ? TOO_FAR : real + millis * NANOS_PER_MILLI;
  }

  /// Back again, for whoever is to know it.
  public static Instant real(Instant shifted) {
    return shifted.minusMillis(millis);
  }
}
