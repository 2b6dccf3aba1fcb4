package dev.troupe.benchmarks.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// Something that makes values of 1.5 KB durable, started empty and for one number of writers.
interface StoreUnderTest extends AutoCloseable {

  /// How to start one.
  ///
  /// @param name what it is, in which version, and how it is reached
  record Kind(String name, Starter starter) {}

  interface Starter {

    /// @param directory where it may keep its files; not there yet
    StoreUnderTest start(Path directory, int writers);
  }

  /// Stores the value with this number (1, 2, …), as the next one of object number mod 10,000.
  /// Completes when it is durable.
  CompletionStage<?> append(long number);

  /// Where writers run.
  Executor writers();

  /// Syncs that appends have waited for, since it was made.
  long syncs();

  /// CPU time it has used in a process of its own; zero if it has none.
  Duration serverCpu();

  @Override
  void close();
}
