package dev.troupe.runtime.collection.reading;

import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.failure.Failures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Answers that are waited for only for a while.
public final class InTime {

  private InTime() {}

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
