package dev.troupe.clusterconfig.assembly;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has been started and must be stopped: last started, first stopped. What does not stop in
/// time is left behind, so that the rest still can.
final class StopOrder {

  private static final Logger LOG = LoggerFactory.getLogger(StopOrder.class);

  private final Duration patience;
  private final Deque<Part> started = new ArrayDeque<>();

  private record Part(String name, Supplier<CompletionStage<?>> stop) {}

  StopOrder(Duration patience) {
    this.patience = patience;
  }

  void push(String name, Supplier<CompletionStage<?>> stop) {
    started.push(new Part(name, stop));
  }

  /// Stops everything. A second call finds nothing left.
  void stopAll() {
    while (!started.isEmpty()) {
      stop(started.pop());
    }
  }

  private void stop(Part part) {
    long since = System.nanoTime();
    try {
      part.stop().get().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      LOG.info("{} has stopped after {} ms", part.name(), (System.nanoTime() - since) / 1_000_000);
    } catch (TimeoutException e) {
      LOG.warn("{} has not stopped after {}", part.name(), patience);
    } catch (ExecutionException | RuntimeException e) {
      LOG.warn("{} did not stop cleanly", part.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.warn("interrupted while {} stops", part.name());
    }
  }
}
