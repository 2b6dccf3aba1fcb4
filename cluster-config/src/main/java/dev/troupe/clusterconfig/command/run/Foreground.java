package dev.troupe.clusterconfig.command.run;

import dev.troupe.clusterconfig.certificates.PrivateFile;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.data.OfflineLock;
import dev.troupe.clusterconfig.instance.DataPermissions;
import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.member.NotAdmittedException;
import dev.troupe.clusterconfig.member.RunningMember;
import dev.troupe.clusterconfig.process.LogRotation;
import dev.troupe.clusterconfig.process.ProgramLaunch;
import dev.troupe.runtime.failure.Failures;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A member in this process, on a data directory that is its own as long as it runs: until it ends
/// by itself, or is asked to stop.
public final class Foreground {

  private final DataDirectory data;
  private final int nodes;
  private final Duration patience;
  private final PrintWriter out;

  /// @param nodes as others are to see it
  /// @param patience after this a member that was asked to stop is not waited for any more
  public Foreground(DataDirectory data, int nodes, Duration patience, PrintWriter out) {
    this.data = data;
    this.nodes = nodes;
    this.patience = patience;
    this.out = out;
  }

  /// @param start makes a member serve, and says so
  /// @return 0 if it has stopped because it was asked to
  /// @throws CommandFailedException if it has ended by itself
  public int run(Consumer<Running> start) {
    PrivateFile.createDirectory(data.root());
    try (var _ = OfflineLock.take(data)) {
      DataPermissions.secure(data.root());
      ProgramLaunch.ownLog().ifPresent(LogRotation::keep);
      var running = new Running(Instance.starting(nodes));
      try {
        var hook = new StopHook(running::stop);
        hook.install();
        try {
          start.accept(running);
          return running.await();
        } finally {
          hook.forget();
        }
      } finally {
        data.instance().delete();
      }
    }
  }

  /// Since this process began.
  public static Duration uptime() {
    return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
  }

  /// Of one process.
  public final class Running {

    private volatile Instance instance;
    private volatile @Nullable RunningMember member;

    private Running(Instance starting) {
      instance = starting;
      data.instance().write(starting);
    }

    /// From now on it stops when it is asked to, be it ready or not.
    public void begun(RunningMember started) {
      member = started;
    }

    /// It is ready, and others are to find it there.
    public void serves(String address) {
      instance = instance.serving(address);
      data.instance().write(instance);
    }

    public String address() {
      return instance.server().orElseThrow();
    }

    Instance instance() {
      return instance;
    }

    private int await() {
      try {
        var running = member;
        if (running != null) {
          running.ended().toCompletableFuture().join();
        }
        return 0;
      } catch (CompletionException e) {
        throw failed(Failures.cause(e));
      }
    }

    private static RuntimeException failed(Throwable cause) {
      return cause instanceof NotAdmittedException excluded
          ? excluded
          : new CommandFailedException("the member ended by itself: " + cause.getMessage());
    }

    /// Whatever the disk does: others wait for what it has.
    int stop() {
      data.instance().tryToWrite(instance.stopping()).ifPresent(this::tellUnmarked);
      var stopped = CompletableFuture.runAsync(this::stopMember, Foreground::besides);
      int code = hasCome(stopped) ? 0 : 1;
      data.instance().delete();
      out.println(
          code == 0 ? "stopped" : "it has not stopped after " + patience.toSeconds() + " s");
      out.flush();
      return code;
    }

    private void tellUnmarked(String why) {
      out.println("it stops, and cannot say so to other commands: " + why);
    }

    /// One that has not begun has nothing that it must give back.
    private void stopMember() {
      var running = member;
      if (running != null) {
        running.stop();
      }
    }

    private boolean hasCome(CompletableFuture<Void> stopped) {
      try {
        stopped.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        return true;
      } catch (InterruptedException | TimeoutException | ExecutionException notStopped) {
        return false;
      }
    }
  }

  private static void besides(Runnable work) {
    Thread.ofPlatform().name("stopping").daemon().start(work);
  }
}
