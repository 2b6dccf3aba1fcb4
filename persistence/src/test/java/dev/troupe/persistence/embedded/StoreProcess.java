package dev.troupe.persistence.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.store.EventStore.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/// A process of its own that uses a store, and says what it has done on its standard output: to be
/// killed, frozen and listened to.
public final class StoreProcess implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Process process;
  private final Path output;

  private StoreProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /// @param output where its standard output and error go
  public static StoreProcess start(Path output, Class<?> main, Object... arguments)
      throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    for (var argument : arguments) {
      command.add(argument.toString());
    }
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new StoreProcess(process, output);
  }

  /// What it has said so far. The last line may be cut off, and is left out then.
  List<String> lines() throws IOException {
    var text = Files.readString(output, UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  public List<String> lines(String beginning) throws IOException {
    return lines().stream().filter(line -> line.startsWith(beginning)).toList();
  }

  /// The epoch that it has opened.
  Opened opened() throws IOException {
    return Acknowledged.opened(lines(Acknowledged.OPENED).getFirst());
  }

  /// Waits until it has said as many lines that begin so.
  public void awaitLines(String beginning, int count) throws IOException, InterruptedException {
    awaitCount(beginning, found -> found >= count);
  }

  private void awaitCount(String beginning, LongPredicate enough)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!enough.test(lines(beginning).size())) {
      assertThat(process.isAlive()).as("it has ended, and said %s", tail()).isTrue();
      assertThat(System.nanoTime()).as("it is silent: %s", tail()).isLessThan(end);
      Thread.sleep(5);
    }
  }

  private List<String> tail() throws IOException {
    var lines = Files.readString(output, UTF_8).lines().toList();
    return lines.subList(Math.max(0, lines.size() - 20), lines.size());
  }

  /// kill -9.
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  /// Stops all its threads, wherever they are.
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    var sent = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(sent.waitFor()).isZero();
  }

  /// Waits until it ends by itself.
  ///
  /// @return its exit code
  public int awaitEnd() throws IOException, InterruptedException {
    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS))
        .as("it goes on, and said %s", tail())
        .isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
