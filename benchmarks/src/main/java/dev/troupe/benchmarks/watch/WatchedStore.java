package dev.troupe.benchmarks.watch;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.Executor;

/// Something that is written to and watched.
interface WatchedStore extends AutoCloseable {

  /// Writes a state of one of a few objects that it has not had yet. Completes with its version
  /// when it is durable.
  Future<Long> write();

  /// Begins a watch of all of them, from now on. Completes when it has begun.
  ///
  /// @param watcher is told what comes
  /// @return what it can be made slow by
  Future<HttpClientResponse> watch(Arrivals watcher);

  /// Its own process.
  ProcessHandle process();

  /// Where it is written from, and where watchers are told.
  Executor eventLoop();

  @Override
  void close();
}
