package dev.troupe.apiserver.call;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.authentication.User;
import dev.troupe.apiserver.request.ApiRequest;
import dev.troupe.runtime.trace.TraceContext;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// A request that may be carried out.
///
/// @param body empty if there is none
/// @param thread the event loop of the client's connection, where what runs must be short; if the
///   body is long, the workers
/// @param workers for what is not
/// @param deadline what is asked for is to be done until then: a little later nobody waits for the
///   answer any more
/// @param trace to what of which trace its writes belong; null if nobody records any
public record Call(
    ApiRequest request,
    User user,
    byte[] body,
    Executor thread,
    Executor workers,
    Instant received,
    Instant deadline,
    @Nullable TraceContext trace) {

  /// Goes on with the result: at once if it is there, else on the event loop.
  public <T, R> CompletionStage<R> then(CompletionStage<T> stage, Function<T, R> next) {
    return done(stage) ? stage.thenApply(next) : stage.thenApplyAsync(next, thread);
  }

  /// As [#then], for what goes on with another stage.
  public <T, R> CompletionStage<R> thenStage(
      CompletionStage<T> stage, Function<T, ? extends CompletionStage<R>> next) {
    return done(stage) ? stage.thenCompose(next) : stage.thenComposeAsync(next, thread);
  }

  /// As [#then], off the event loop if what is to be written is long.
  ///
  /// @param weight about how many bytes will be written
  public <T, R> CompletionStage<R> thenWeighed(
      CompletionStage<T> stage, ToLongFunction<T> weight, Function<T, R> next) {
    return thenStage(
        stage,
        value ->
            weight.applyAsLong(value) > Answer.LONG
                ? offLoop(() -> next.apply(value))
                : CompletableFuture.completedFuture(next.apply(value)));
  }

  /// Runs long work off the event loop.
  public <R> CompletionStage<R> offLoop(java.util.function.Supplier<R> work) {
    return CompletableFuture.supplyAsync(work, workers);
  }

  private static boolean done(CompletionStage<?> stage) {
    return stage.toCompletableFuture().isDone();
  }
}
