package dev.troupe.persistence.journal;

import dev.troupe.runtime.failure.Failures;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.dispatch.Futures;
import scala.concurrent.Future;

/// Failures as Pekko wants them: in the future, and without wrapping.
final class JournalFailures {

  private JournalFailures() {}

  /// What a stage answers or fails with; also if there is no stage because asking failed.
  static <T> Future<T> future(Supplier<CompletionStage<T>> question) {
    var answer = Futures.<T>promise();
    try {
      question
          .get()
          .whenComplete((value, failure) -> {
            if (failure == null) {
              answer.success(value);
            } else {
              answer.failure(Failures.cause(failure));
            }
          });
    } catch (RuntimeException failure) {
      answer.failure(failure);
    }
    return answer.future();
  }

  static <T> Future<T> catching(Supplier<T> answer) {
    try {
      return Futures.successful(answer.get());
    } catch (RuntimeException failure) {
      return Futures.failed(failure);
    }
  }
}
