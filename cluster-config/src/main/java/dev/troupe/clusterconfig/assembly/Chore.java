package dev.troupe.clusterconfig.assembly;

import dev.troupe.runtime.failure.Failures;
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

/// Something that is done now and then. One time after the other; a failure is logged, once until
/// it works again, and tried again when its time comes.
final class Chore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Chore.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final String name;
  private final Supplier<? extends CompletionStage<Void>> work;
  private final ScheduledExecutorService thread;

  /// Of the thread alone.
  private boolean failing;

  private Chore(String name, Supplier<? extends CompletionStage<Void>> work) {
    this.name = name;
    this.work = work;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
  }

  /// @param name as the log and the thread have it
  /// @param pause before the first time, and between the end of one and the next
  static Chore start(String name, Duration pause, Supplier<? extends CompletionStage<Void>> work) {
    var chore = new Chore(name, work);
    var _ =
        chore.thread.scheduleWithFixedDelay(
            chore::once, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    return chore;
  }

  private void once() {
    try {
      work.get().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      failing = false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RuntimeException failure) {
      if (!failing) {
        LOG.warn("{} failed, and is tried again: {}", name, reason(failure));
        LOG.debug("the same", failure);
      }
      failing = true;
    }
  }

  /// Of what is expected now and then the sentence is enough.
  private static String reason(Throwable failure) {
    var cause = Failures.cause(failure);
    return cause instanceof TimeoutException ? "it took too long" : cause.toString();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
