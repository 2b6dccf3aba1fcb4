package dev.troupe.apiserver.call;

import dev.troupe.apiserver.authentication.User;
import dev.troupe.apiserver.request.ApiRequest;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// A request that may be carried out.
///
/// @param body empty if there is none
/// @param thread the event loop of the client's connection; what it runs must be short
/// @param workers for what is not
/// @param deadline the answer is of no use after it
public record Call(
    ApiRequest request,
    User user,
    byte[] body,
    Executor thread,
    Executor workers,
    Instant received,
    Instant deadline) {

  /// Goes on with the result: at once if it is there, else on the event loop.
  public <T, R> CompletionStage<R> then(CompletionStage<T> stage, Function<T, R> next) {
    return done(stage) ? stage.thenApply(next) : stage.thenApplyAsync(next, thread);
  }

  /// As [#then], for what goes on with another stage.
  public <T, R> CompletionStage<R> thenStage(
      CompletionStage<T> stage, Function<T, ? extends CompletionStage<R>> next) {
    return done(stage) ? stage.thenCompose(next) : stage.thenComposeAsync(next, thread);
  }

  /// Runs long work off the event loop.
  public <R> CompletionStage<R> offLoop(java.util.function.Supplier<R> work) {
    return CompletableFuture.supplyAsync(work, workers);
  }

  private static boolean done(CompletionStage<?> stage) {
    return stage.toCompletableFuture().isDone();
  }
}
