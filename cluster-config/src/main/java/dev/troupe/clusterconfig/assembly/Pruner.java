package dev.troupe.clusterconfig.assembly;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the event store forget, now and then, what retention allows. One time after the other; a
/// failure is logged, once until it works again, and tried again when its time comes.
final class Pruner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Pruner.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Supplier<? extends CompletionStage<Void>> prune;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("prune").daemon().factory());

  /// Of the thread alone.
  private boolean failing;

  private Pruner(Supplier<? extends CompletionStage<Void>> prune) {
    this.prune = prune;
  }

  /// @param pause before the first time, and between the end of one and the next
  static Pruner start(Duration pause, Supplier<? extends CompletionStage<Void>> prune) {
    var pruner = new Pruner(prune);
    var _ =
        pruner.thread.scheduleWithFixedDelay(
            pruner::once, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    return pruner;
  }

  private void once() {
    try {
      prune.get().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      failing = false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RuntimeException failure) {
      if (!failing) {
        LOG.warn("the event store could not forget what is old", failure);
      }
      failing = true;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
