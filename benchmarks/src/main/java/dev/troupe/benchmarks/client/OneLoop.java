package dev.troupe.benchmarks.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// The one event loop of a client that shares the processors with the server that it asks.
public final class OneLoop implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context context = vertx.getOrCreateContext();

  public HttpClient client(HttpClientOptions options, PoolOptions pool) {
    return vertx.createHttpClient(options, pool);
  }

  /// Runs at once what comes from the loop itself, not what comes from that of another client.
  public Executor executor() {
    return task -> {
      var current = Vertx.currentContext();
      if (current != null && vertx.equals(current.owner()) && current.isEventLoopContext()) {
        task.run();
      } else {
        context.runOnContext(_ -> task.run());
      }
    };
  }

  /// Asks on the loop: what is asked elsewhere is answered elsewhere too, and a short answer may
  /// have ended before somebody there begins to read it.
  public <T> Future<T> ask(Supplier<Future<T>> question) {
    Promise<T> answer = Promise.promise();
    executor().execute(() -> question.get().onComplete(answer));
    return answer.future();
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
