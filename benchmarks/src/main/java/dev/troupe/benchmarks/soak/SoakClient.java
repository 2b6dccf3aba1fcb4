package dev.troupe.benchmarks.soak;

import dev.troupe.benchmarks.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// One client that does the same over and over. What fails is counted, and goes on.
final class SoakClient {

  /// One round of it.
  interface Deed {

    /// @param number counts up from 0
    void run(long number) throws IOException, InterruptedException;
  }

  private final String name;
  private final Duration pause;
  private final Deed deed;
  private final AtomicLong rounds = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  /// @param pause between two rounds
  SoakClient(String name, Duration pause, Deed deed) {
    this.name = name;
    this.pause = pause;
    this.deed = deed;
  }

  /// Goes on until `end`, at least one round.
  Thread start(long end, PrintWriter progress) {
    return Thread.ofPlatform()
        .name(name)
        .start(() -> {
          do {
            once(progress);
          } while (System.nanoTime() < end);
        });
  }

  private void once(PrintWriter progress) {
    try {
      deed.run(rounds.getAndIncrement());
      Thread.sleep(pause);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException | UncheckedIOException | IllegalStateException failure) {
      if (failures.getAndIncrement() == 0) {
        progress.println(name + " failed for the first time: " + failure);
      }
    }
  }

  /// What it has done so far.
  void put(Report.Row row) {
    row.put("client", name).put("rounds", rounds.get()).put("failed", failures.get());
  }
}
