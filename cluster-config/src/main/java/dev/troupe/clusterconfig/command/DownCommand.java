package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.instance.Instance;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Stops the instance of a data directory and waits until it is gone.
@Command(
    name = "down",
    description = "Stop what runs on a data directory.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(20);

  @Mixin private final DataOption data = new DataOption();

  private final PrintWriter out;

  DownCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var instance = new DataDirectory(data.directory()).instance().running();
    if (instance.isEmpty()) {
      out.println("nothing runs on " + data.directory());
      return 0;
    }
    stop(instance.get());
    out.printf("stopped (pid %d)%n", instance.get().pid());
    return 0;
  }

  private static void stop(Instance instance) {
    instance.process().ifPresent(ProcessHandle::destroy);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (instance.process().isPresent()) {
      if (System.nanoTime() > deadline) {
        throw new CommandFailedException(
            "pid %1$d still runs after %2$d s; `kill -9 %1$d` ends it and loses nothing that was acknowledged"
                .formatted(instance.pid(), PATIENCE.toSeconds()));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while it stops");
    }
  }
}
