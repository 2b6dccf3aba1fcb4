package dev.troupe.clusterconfig.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the programs of a server, which refuse to run as root: root runs them in a user namespace
/// of their own, where it is nobody. There they own what root owns, and have no privilege at all.
final class ServerPrograms {

  private static final Logger LOG = LoggerFactory.getLogger(ServerPrograms.class);

  /// A program that waits for the server is told to give up before that.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// What is left to be read of a program that is gone.
  private static final Duration REST = Duration.ofSeconds(1);

  private static final int KILLED = 137;

  /// What a program has said, and whether it did what it was to do.
  record Outcome(int code, String said) {

    boolean succeeded() {
      return code == 0;
    }
  }

  private final Path home;
  private final Path directory;
  private final Duration patience;
  private final List<String> prefix;

  /// @param home with `bin`
  /// @param directory where they run
  ServerPrograms(Path home, Path directory) {
    this(home, directory, PATIENCE);
  }

  /// @param patience after this a program that has not ended is killed
  ServerPrograms(Path home, Path directory, Duration patience) {
    this.home = home;
    this.directory = directory;
    this.patience = patience;
    this.prefix = isRoot() ? asNobody() : List.of();
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
          && uid == 0;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  private List<String> asNobody() {
    var prefix = List.of("unshare", "-U");
    try {
      var outcome = run(new ArrayList<>(List.of("unshare", "-U", "true")), "");
      if (outcome.succeeded()) {
        return prefix;
      }
      throw refused(outcome.said());
    } catch (UncheckedIOException e) {
      throw refused(e.toString());
    }
  }

  private static DatabaseFailedException refused(String reason) {
    return new DatabaseFailedException(
        ("PostgreSQL does not run as root, and this system does not let root be anybody else"
                + " (unshare -U: %s): run Troupe as another user, or name a database of your"
                + " own with --store")
            .formatted(reason.strip()));
  }

  /// Returns when it has ended, or was killed as it took too long.
  ///
  /// @param input what it reads
  Outcome run(String program, String input, String... words) {
    var command = new ArrayList<>(prefix);
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(List.of(words));
    return run(command, input);
  }

  private Outcome run(List<String> command, String input) {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true);
    // What is meant for clients and servers of others, and what is secret.
    builder.environment().keySet().removeIf(name -> name.matches("(PG|TROUPE_).*"));
    builder.environment().put("LC_ALL", "C");
    try {
      var process = builder.start();
      var said = new FutureTask<>(() -> said(process));
      Thread.ofPlatform().daemon().name("database-program").start(said);
      // It fits into the pipe, so that nobody waits for one that does not read.
      try (var out = process.outputWriter(StandardCharsets.UTF_8)) {
        out.write(input);
      } catch (IOException e) {
        LOG.debug("{} does not read", command, e); // It says why.
      }
      return outcome(process, said, String.join(" ", command));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s (is it on a file system that is mounted noexec?)".formatted(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseFailedException("interrupted while PostgreSQL is waited for", e);
    }
  }

  private static String said(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Outcome outcome(Process process, FutureTask<String> said, String command)
      throws InterruptedException {
    if (process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      return new Outcome(process.exitValue(), read(said));
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    return new Outcome(
        KILLED,
        "%s%s has not ended after %d s and was killed; see whether the disk of %s answers, and try again\n"
            .formatted(read(said), command, patience.toSeconds(), directory));
  }

  /// Whoever it has started may have its output open still.
  private static String read(FutureTask<String> said) throws InterruptedException {
    try {
      return said.get(REST.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException unread) {
      return "(what it said cannot be read: %s)\n".formatted(unread);
    }
  }
}
