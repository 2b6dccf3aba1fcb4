package dev.troupe.benchmarks.load;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/// Something that makes values durable, or reads what it has, and is put under load.
public interface LoadTarget extends Metered, AutoCloseable {

  /// How to start one that is empty.
  ///
  /// @param name what it is, in which version, and how it is reached
  record Kind(String name, Starter starter) {}

  interface Starter {

    /// @param directory where it may keep its files; not there yet
    LoadTarget start(Path directory, int writers);
  }

  /// Stores the value with this number: 1, 2, … Completes when it is durable. One that reads does
  /// so once.
  CompletionStage<?> store(long number);

  /// Where writers run.
  default Executor writers() {
    return ForkJoinPool.commonPool();
  }

  @Override
  void close();
}
