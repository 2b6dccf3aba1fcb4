package dev.troupe.benchmarks.soak;

import dev.troupe.testkit.process.Api;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits for what a server does on its own.
final class UntilDone {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration STEP = Duration.ofMillis(200);

  private UntilDone() {}

  static void gone(Api api, String path) throws InterruptedException {
    await(path + " is there for too long", () -> api.get(path).code() == 404);
  }

  /// @param failure what is said if it does not come to pass
  static void await(String failure, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(failure);
      }
      Thread.sleep(STEP);
    }
  }
}
