package dev.troupe.runtime.handover;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;
import org.apache.pekko.dispatch.ForkJoinExecutorConfigurator;

/// The threads of Pekko's fork-join executor; an actor that a [Handover] tells something is left to
/// the thread that tells it. Named in the configuration of a dispatcher.
public final class HandoverExecutor extends ExecutorServiceConfigurator {

  private final ForkJoinExecutorConfigurator threads;

  /// Called by Pekko.
  public HandoverExecutor(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
    threads =
        new ForkJoinExecutorConfigurator(config.getConfig("fork-join-executor"), prerequisites);
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(
      String id, ThreadFactory threadFactory) {
    var factory = threads.createExecutorServiceFactory(id, threadFactory);
    return () -> new SharedThreads(factory.createExecutorService());
  }

  static final class SharedThreads extends AbstractExecutorService {

    private final ExecutorService threads;

    SharedThreads(ExecutorService threads) {
      this.threads = threads;
    }

    @Override
    public void execute(Runnable work) {
      if (!Handover.takes(work, this)) {
        threads.execute(work);
      }
    }

    /// Runs an actor on this thread. What ends the process must be thrown where Pekko sees it.
    void run(Runnable actor) {
      try {
        actor.run();
      } catch (RuntimeException | Error failure) {
        threads.execute(() -> {
          throw failure;
        });
      }
    }

    @Override
    public void shutdown() {
      threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
      return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
      return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
      return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
      return threads.awaitTermination(timeout, unit);
    }
  }
}
