package dev.troupe.testkit.members;

import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.JavaCommand;
import dev.troupe.testkit.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One member as a process, which may be started again on the same directory.
public final class MemberServer {

  private static final Duration END = Duration.ofSeconds(90);

  /// What members are.
  ///
  /// @param name of the class whose `main` runs the `troupe` command
  /// @param options of each JVM
  public record Program(String name, List<String> options) {

    public Program {
      options = List.copyOf(options);
    }

    /// Troupe itself.
    public static Program troupe(List<String> options) {
      return new Program(JavaCommand.TROUPE, options);
    }
  }

  private final int number;
  private final MemberNetwork network;
  private final MemberFiles files;
  private final Program program;
  private @Nullable Process process;
  private boolean frozen;
  private String classPath = "";

  MemberServer(int number, MemberNetwork network, MemberFiles files, Program program) {
    this.number = number;
    this.network = network;
    this.files = files;
    this.program = program;
  }

  /// Counted from 1.
  public int number() {
    return number;
  }

  public String name() {
    return files.name();
  }

  /// How the others call it: host and port.
  public String address() {
    return files.address();
  }

  public Path kubeconfig() {
    return files.kubeconfig();
  }

  public Api api() {
    return Api.from(kubeconfig());
  }

  /// What of its command line no other process has.
  ///
  /// @param data its directory
  static String word(Path data) {
    return "-Dtroupe.data=" + data;
  }

  /// Starts it and returns at once.
  void start() {
    var words = List.of("member", "--config", files.configuration().toString());
    var jvm = new ArrayList<>(network.options(number));
    jvm.addAll(program.options());
    jvm.add(word(files.data()));
    var java =
        classPath.isEmpty()
            ? JavaCommand.of(program.name(), jvm, words)
            : JavaCommand.ofBuild(program.name(), classPath, jvm, words);
    var command = network.at(number, java);
    frozen = false;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(files.log().toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// It is of another build from its next start on.
  ///
  /// @param directory of that, with its jars in `lib`; empty for this build
  public void build(String directory) {
    classPath = directory.isEmpty() ? "" : Path.of(directory, "lib", "*").toString();
  }

  private Process process() {
    if (process == null) {
      throw new IllegalStateException("member " + number + " has not been started");
    }
    return process;
  }

  public boolean isAlive() {
    return process().isAlive();
  }

  /// Whether it is there and not frozen.
  boolean isAwake() {
    return isAlive() && !frozen;
  }

  public boolean isReady() {
    return isAwake() && api().isReady();
  }

  public long pid() {
    return process().pid();
  }

  /// Where its log is kept.
  public Path logFile() {
    return files.log();
  }

  public String log() {
    try {
      return Files.readString(files.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// SIGKILL: nothing is flushed, nobody is told.
  public void kill() {
    process().destroyForcibly();
    awaitEnd();
  }

  /// SIGTERM: it leaves.
  public void leave() {
    process().destroy();
  }

  /// SIGSTOP: it is there, and does nothing.
  public void freeze() {
    frozen = true;
    Signal.send("STOP", pid());
  }

  /// SIGCONT: it goes on as if nothing had been.
  public void thaw() {
    Signal.send("CONT", pid());
    frozen = false;
  }

  /// Waits until it has ended.
  ///
  /// @return its exit code
  public int awaitEnd() {
    try {
      if (!process().waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("member " + number + " does not end:\n" + log());
      }
      return process().exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void end() {
    if (process != null) {
      process.destroyForcibly();
      awaitEnd();
    }
  }

  @Override
  public String toString() {
    return "member " + number + " at " + address();
  }
}
