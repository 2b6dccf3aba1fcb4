package dev.troupe.clusterconfig.supervision;

import dev.troupe.clusterconfig.certificates.PrivateFile;
import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.instance.InstanceFile;
import dev.troupe.clusterconfig.process.LogTail;
import dev.troupe.clusterconfig.supervision.logic.ProcessEnd;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A member as a process, with a directory of its own: there it says which process it is, and there
/// it is said that it is not to run, which holds whoever watches over it.
public final class MemberProcess implements Supervised {

  /// An exit code above this names the signal that has ended a process.
  private static final int SIGNALS = 128;

  private final String name;
  private final Path directory;
  private final List<String> command;

  /// The last process that was started from here. Whoever comes later does not know how it ended.
  private Optional<Process> launched = Optional.empty();

  /// @param directory its data directory
  /// @param command runs it in the foreground, on that directory
  public MemberProcess(String name, Path directory, List<String> command) {
    this.name = name;
    this.directory = directory;
    this.command = List.copyOf(command);
  }

  private Path held() {
    return directory.resolve("held");
  }

  private Path asked() {
    return directory.resolve("asked");
  }

  private Path log() {
    return directory.resolve("troupe.log");
  }

  /// From now on it is not started any more.
  public void hold() {
    PrivateFile.createDirectory(directory);
    PrivateFile.write(held(), "");
  }

  /// From now on it is started again.
  public void release() {
    delete(held());
  }

  /// The same, and at once, whatever became of it the last time.
  public void ask() {
    PrivateFile.createDirectory(directory);
    PrivateFile.write(asked(), "");
    release();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isWanted() {
    return !Files.exists(held());
  }

  @Override
  public Optional<ProcessHandle> running() {
    return InstanceFile.runningIn(directory)
        .flatMap(Instance::process)
        .or(() -> launched.filter(Process::isAlive).map(Process::toHandle));
  }

  @Override
  public boolean isAsked() {
    return Files.exists(asked());
  }

  @Override
  public ProcessEnd end() {
    return launched
        .filter(process -> !process.isAlive())
        .map(process -> ProcessEnd.of(process.exitValue()))
        .orElse(ProcessEnd.ORDINARY);
  }

  @Override
  public void start() {
    PrivateFile.createDirectory(directory);
    delete(asked());
    try {
      if (!Files.exists(log())) {
        PrivateFile.write(log(), "");
      }
      var process =
          new ProcessBuilder(command)
              .redirectInput(Redirect.from(new File("/dev/null")))
              .redirectOutput(Redirect.appendTo(log().toFile()))
              .redirectErrorStream(true)
              .start();
      launched = Optional.of(process);
      InstanceFile.ofStarter(directory).write(Instance.starting(process.toHandle(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a process: " + e.getMessage(), e);
    }
  }

  @Override
  public String lastWords() {
    return "%s (%s)".formatted(signal().orElseGet(() -> LogTail.of(log()).last(1)), log());
  }

  /// Whoever is killed had no time to say anything.
  private Optional<String> signal() {
    return launched
        .filter(process -> !process.isAlive())
        .map(Process::exitValue)
        .filter(code -> code > SIGNALS)
        .map(code -> "it was killed by signal " + (code - SIGNALS));
  }
}
