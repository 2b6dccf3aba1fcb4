package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A `troupe` command as a process of its own that ends by itself, unless it is killed.
final class TroupeRun implements AutoCloseable {

  private static final int LONGEST_SECONDS = 60;

  private final Process process;
  private final Path output;

  private TroupeRun(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /// @param output where its standard output and error go
  static TroupeRun start(Path output, String... words) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.troupe.clusterconfig.command.TroupeCommand"));
    command.addAll(List.of(words));
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new TroupeRun(process, output);
  }

  /// Waits until it ends by itself.
  ///
  /// @return its exit code
  int awaitEnd() throws IOException, InterruptedException {
    assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).as(output()).isTrue();
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  /// Stops all its threads, wherever they are.
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    var sent = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(sent.waitFor()).isZero();
  }

  /// Asks it to stop.
  void terminate() throws IOException, InterruptedException {
    signal("TERM");
  }

  /// kill -9.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
