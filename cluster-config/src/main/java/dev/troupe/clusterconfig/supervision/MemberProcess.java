package dev.troupe.clusterconfig.supervision;

import dev.troupe.clusterconfig.certificates.PrivateFile;
import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.instance.InstanceFile;
import dev.troupe.clusterconfig.process.LogTail;
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

  private final String name;
  private final Path directory;
  private final List<String> command;

  /// Before it has said which process it is, it is known to whoever started it.
  private Optional<ProcessHandle> launched = Optional.empty();

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
    try {
      Files.deleteIfExists(held());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + held(), e);
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
    return InstanceFile.in(directory)
        .running()
        .flatMap(Instance::process)
        .or(() -> launched.filter(ProcessHandle::isAlive));
  }

  @Override
  public void start() {
    PrivateFile.createDirectory(directory);
    try {
      if (!Files.exists(log())) {
        PrivateFile.write(log(), "");
      }
      launched =
          Optional.of(
              new ProcessBuilder(command)
                  .redirectInput(Redirect.from(new File("/dev/null")))
                  .redirectOutput(Redirect.appendTo(log().toFile()))
                  .redirectErrorStream(true)
                  .start()
                  .toHandle());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a process: " + e.getMessage(), e);
    }
  }

  @Override
  public String lastWords() {
    return "%s (%s)".formatted(LogTail.of(log()).last(1), log());
  }
}
