package dev.troupe.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// `troupe up` as a process of its own, on the class path of the caller: it can be killed, and
/// started again on the same data.
public final class TroupeProcess implements AutoCloseable {

  private static final String KUBECONFIG = "kubeconfig";
  private static final Duration START = Duration.ofSeconds(90);

  private final Process process;
  private final Path data;

  private TroupeProcess(Process process, Path data) {
    this.process = process;
    this.data = data;
  }

  /// Starts a member on `data` and waits until it serves. `port` 0 lets it choose one.
  public static TroupeProcess up(Path data, int port, String... more) {
    return up(data, port, Map.of(), more);
  }

  /// The same with variables of the environment.
  public static TroupeProcess up(
      Path data, int port, Map<String, String> environment, String... more) {
    return up(JavaCommand.TROUPE, data, port, environment, more);
  }

  /// The same by another program that runs the command, on any port.
  public static TroupeProcess up(Class<?> program, Path data) {
    return up(program.getName(), data, 0, Map.of());
  }

  /// The same of another build, for callers whose own class path has nothing to do with it.
  public static TroupeProcess ofBuild(String classPath, Path data) {
    return start(
        JavaCommand.ofBuild(JavaCommand.TROUPE, classPath, List.of(), words(data, 0)),
        data,
        Map.of());
  }

  private static TroupeProcess up(
      String program, Path data, int port, Map<String, String> environment, String... more) {
    return start(JavaCommand.of(program, List.of(), words(data, port, more)), data, environment);
  }

  private static List<String> words(Path data, int port, String... more) {
    var words =
        new ArrayList<>(List.of("up", "--data", data.toString(), "--port", Integer.toString(port)));
    words.addAll(List.of(more));
    return words;
  }

  private static TroupeProcess start(
      List<String> command, Path data, Map<String, String> environment) {
    try {
      Files.createDirectories(data);
      var log = data.resolveSibling(data.getFileName() + ".log").toFile();
      var builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
      builder.environment().putAll(environment);
      var before = written(data.resolve(KUBECONFIG));
      var up = new TroupeProcess(builder.start(), data);
      up.awaitReady(before);
      return up;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path kubeconfig() {
    return data.resolve(KUBECONFIG);
  }

  public Api api() {
    return Api.from(kubeconfig());
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  public String log() {
    try {
      return Files.readString(data.resolveSibling(data.getFileName() + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes the only line that its standard input gets.
  public void tell(String line) {
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(line + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until it ends by itself.
  ///
  /// @return its exit code
  public int awaitEnd() {
    return join();
  }

  /// SIGKILL: nothing is flushed, nobody is told.
  public void kill() {
    process.destroyForcibly();
    join();
  }

  /// SIGTERM, and waits for the end.
  public int stop() {
    process.destroy();
    return join();
  }

  /// SIGSTOP: it is there, and does nothing.
  public void freeze() {
    Signal.send("STOP", pid());
  }

  /// SIGCONT: it goes on as if nothing had been.
  public void thaw() {
    Signal.send("CONT", pid());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    join();
  }

  private int join() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the process does not end:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// When a file was written; empty while there is none.
  private static Optional<FileTime> written(Path file) throws IOException {
    return Files.exists(file) ? Optional.of(Files.getLastModifiedTime(file)) : Optional.empty();
  }

  /// @param before when the kubeconfig was written that an earlier process has left: to ask where
  ///   that one was would take from this one the processor that it starts on
  private void awaitReady(Optional<FileTime> before) throws IOException {
    var until = Instant.now().plus(START);
    while (Instant.now().isBefore(until)) {
      if (!process.isAlive()) {
        throw new IllegalStateException("troupe up ended:\n" + log());
      }
      if (!written(kubeconfig()).equals(before) && api().isReady()) {
        return;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException("not ready after " + START + ":\n" + log());
  }
}
