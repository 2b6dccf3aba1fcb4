package dev.troupe.clusterconfig.command.run;

import java.util.function.IntSupplier;

/// What is done when this process is asked to end, by Ctrl-C or `kill`. It ends with the code of
/// that: a clean stop is what was asked for.
public final class StopHook {

  private final Thread thread;

  /// @param stop what is done; says with which code the process ends
  public StopHook(IntSupplier stop) {
    this.thread = new Thread(() -> Runtime.getRuntime().halt(stop.getAsInt()), "stop");
  }

  /// From now on.
  public void install() {
    Runtime.getRuntime().addShutdownHook(thread);
  }

  /// Not any more. Does not return if it is being done already: then that ends the process, and
  /// whoever calls must not hold what it waits for.
  public void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException alreadyRuns) {
      awaitEnd();
    }
  }

  /// For a thread that has nothing to do until the process ends.
  public static void awaitEnd() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
