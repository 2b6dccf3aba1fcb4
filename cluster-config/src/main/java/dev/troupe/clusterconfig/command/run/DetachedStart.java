package dev.troupe.clusterconfig.command.run;

import dev.troupe.clusterconfig.certificates.PrivateFile;
import dev.troupe.clusterconfig.command.client.AdminClient;
import dev.troupe.clusterconfig.command.client.AskedMember;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.process.LogFollower;
import dev.troupe.clusterconfig.process.LogTail;
import dev.troupe.clusterconfig.process.ProgramLaunch;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/// Starts a member as a process of its own, with the same JVM and flags, and returns when it
/// serves.
public final class DetachedStart implements IntSupplier {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PATIENCE_WITH_MANY = Duration.ofMinutes(5);
  private static final Duration STEP = Duration.ofMillis(50);
  private static final int LOG_LINES = 20;

  private final Class<?> program;
  private final DataDirectory data;
  private final UpOptions options;
  private final PrintWriter out;
  private final LogTail log;

  public DetachedStart(Class<?> program, DataDirectory data, UpOptions options, PrintWriter out) {
    this.program = program;
    this.data = data;
    this.options = options;
    this.out = out;
    this.log = LogTail.from(data.log());
  }

  @Override
  public int getAsInt() {
    refuseSecondInstance();
    PrivateFile.createDirectory(data.root());
    long began = System.nanoTime();
    // Many tell themselves what there is to tell.
    var said = LogFollower.from(data.log());
    var process = launch();
    if (options.areOfMany()) {
      awaitServing(process, () -> copy(said));
      copy(said);
      return 0;
    }
    var serving = awaitServing(process, () -> {});
    Welcome.print(out, data, serving, Duration.ofNanos(System.nanoTime() - began));
    out.printf("%nStop it with: ./troupe down%s%n", data.option());
    return 0;
  }

  private void copy(LogFollower said) {
    out.print(said.more());
    out.flush();
  }

  private void refuseSecondInstance() {
    data.instance()
        .running()
        .ifPresent(other -> {
          throw new CommandFailedException(
              "%s is in use by another instance (pid %d); stop it with: ./troupe down%s"
                  .formatted(data.root(), other.pid(), data.option()));
        });
  }

  private Process launch() {
    if (!Files.exists(data.log())) {
      PrivateFile.write(data.log(), "");
    }
    try {
      return new ProcessBuilder(commandLine())
          .redirectInput(Redirect.from(new File("/dev/null")))
          .redirectOutput(Redirect.appendTo(data.log().toFile()))
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a process: " + e.getMessage(), e);
    }
  }

  private List<String> commandLine() {
    var words = new ArrayList<>(List.of("up", "--data", data.root().toString()));
    words.addAll(options.words());
    return new ProgramLaunch(program).commandLine(data.root(), data.log(), 1, words);
  }

  private Instance awaitServing(Process process, Runnable meanwhile) {
    var patience = options.areOfMany() ? PATIENCE_WITH_MANY : PATIENCE;
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      meanwhile.run();
      var serving = serving(process.pid());
      if (serving.isPresent()) {
        return serving.get();
      }
      if (hasEnded(process)) {
        meanwhile.run();
        throw new CommandFailedException(
            options.areOfMany()
                ? "it did not start; see " + data.log()
                : "it did not start:\n" + log.last(LOG_LINES));
      }
    }
    throw new CommandFailedException(
        "it does not serve after %d s (pid %d is still running); see %s"
            .formatted(patience.toSeconds(), process.pid(), data.log()));
  }

  private Optional<Instance> serving(long pid) {
    return data.instance()
        .running()
        .filter(instance -> instance.pid() == pid)
        .filter(instance -> instance.phase() == Instance.Phase.SERVING)
        .filter(this::answers);
  }

  /// The first answer takes longer than all others: whoever asks next does not wait for that.
  private boolean answers(Instance instance) {
    var found = AdminClient.of(data, instance, AdminClient.PATIENCE);
    if (found.isEmpty()) {
      return false;
    }
    try (var client = found.get()) {
      return client.get(AskedMember.OVERVIEW, "application/json").isPresent();
    }
  }

  private static boolean hasEnded(Process process) {
    try {
      return process.waitFor(STEP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while it starts");
    }
  }
}
