package dev.troupe.clusterconfig.command.run;

import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.instance.Instance;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Ends the process of an instance: first it is asked, and one that does not do it is killed.
public final class ProcessStop {

  /// @param reaction within this whoever is asked says that he stops
  /// @param stopping within this he has stopped
  /// @param death how long the operating system may take to end a process
  public record Patience(Duration reaction, Duration stopping, Duration death) {

    public static final Patience STANDARD =
        new Patience(Duration.ofSeconds(15), Duration.ofSeconds(90), Duration.ofSeconds(30));

    /// Of one that itself stops others so, one after the other, and then a database.
    public static Patience ofMany(int others) {
      return new Patience(
          STANDARD.reaction(), STANDARD.total().multipliedBy(others + 1), STANDARD.death());
    }

    private Duration total() {
      return reaction.plus(stopping).plus(death);
    }
  }

  /// How a process has ended.
  public enum End {
    STOPPED("stopped (pid %d)%n"),
    KILLED(
        "killed (pid %d), as it did not stop when it was asked to;"
            + " what was acknowledged is stored%n");

    private final String words;

    End(String words) {
      this.words = words;
    }

    /// With a place for the pid.
    public String words() {
      return words;
    }
  }

  private static final Duration STEP = Duration.ofMillis(20);

  private final DataDirectory data;
  private final Patience patience;
  private final Runnable meanwhile;

  public ProcessStop(DataDirectory data, Patience patience) {
    this(data, patience, () -> {});
  }

  /// @param meanwhile done again and again while it is waited for
  public ProcessStop(DataDirectory data, Patience patience, Runnable meanwhile) {
    this.data = data;
    this.patience = patience;
    this.meanwhile = meanwhile;
  }

  /// Returns when the process is gone.
  ///
  /// @throws CommandFailedException if it does not go
  public End end(Instance instance) {
    instance.process().ifPresent(ProcessHandle::destroy);
    if (comesTrue(() -> isGone(instance) || saysThatItStops(), patience.reaction())
        && comesTrue(() -> isGone(instance), patience.stopping())) {
      return End.STOPPED;
    }
    instance.process().ifPresent(ProcessHandle::destroyForcibly);
    if (comesTrue(() -> isGone(instance), patience.death())) {
      return End.KILLED;
    }
    throw new CommandFailedException(
        "pid %d was killed and is still there after %d s: the operating system does not let it go"
            .formatted(instance.pid(), patience.death().toSeconds()));
  }

  private static boolean isGone(Instance instance) {
    return instance.process().isEmpty();
  }

  private boolean saysThatItStops() {
    return data.instance()
        .running()
        .map(now -> now.phase() == Instance.Phase.STOPPING)
        .orElse(true); // Its file is deleted last.
  }

  private boolean comesTrue(BooleanSupplier fact, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!fact.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      meanwhile.run();
      pause();
    }
    return true;
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
