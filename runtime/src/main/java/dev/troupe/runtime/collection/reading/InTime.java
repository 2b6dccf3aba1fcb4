package dev.troupe.runtime.collection.reading;

import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Answers that are waited for only for a while.
public final class InTime {

  private InTime() {}

  /// Why a partition has not answered in time: where nobody is known to have it, it is moving.
  public static UnavailableException silence(PartitionDirectory directory, PartitionId partition) {
    return directory.missing(List.of(partition)).isEmpty()
        ? new UnavailableException(partition + " does not answer")
        : new UnavailableException(partition + " is not open", true);
  }

  /// What a partition answers.
  ///
  /// @param answer of whoever calls: it is over when it is late
  /// @param silence what it fails with when it is late
  public static <T> CompletableFuture<T> of(
      CompletableFuture<T> answer, Duration patience, Supplier<UnavailableException> silence) {
    return answer
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(failure ->
            CompletableFuture.failedFuture(
                Failures.cause(failure) instanceof TimeoutException ? silence.get() : failure));
  }
}
