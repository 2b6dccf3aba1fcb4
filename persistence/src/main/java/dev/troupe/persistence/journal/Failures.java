package dev.troupe.persistence.journal;

import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.pekko.dispatch.Futures;
import scala.concurrent.Future;

/// Failures as Pekko wants them: in the future, and without wrapping.
final class Failures {

  private Failures() {}

  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  static <T> Future<T> catching(Supplier<T> answer) {
    try {
      return Futures.successful(answer.get());
    } catch (RuntimeException failure) {
      return Futures.failed(failure);
    }
  }
}
