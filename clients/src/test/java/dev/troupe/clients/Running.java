package dev.troupe.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A program that runs on in the background, and what it prints, line by line.
final class Running implements AutoCloseable {

  private static final long SECONDS = 60;

  private final Process process;
  private final Path errors;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();

  private Running(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    Thread.ofVirtual().start(this::read);
  }

  /// @param errors where its standard error goes
  static Running start(ProcessBuilder builder, Path errors) {
    try {
      return new Running(builder.redirectError(errors.toFile()).start(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (var reader = process.inputReader()) {
      reader
          .lines()
          .forEach(line -> {
            lines.add(line);
            unread.add(line);
          });
    } catch (IOException | UncheckedIOException _) {
      // It has ended.
    }
  }

  /// All that it has printed so far.
  List<String> lines() {
    return List.copyOf(lines);
  }

  /// Waits until it prints a line that begins so; what it has printed before is not looked at
  /// again.
  String await(String beginning) {
    try {
      var line = unread.poll(SECONDS, TimeUnit.SECONDS);
      while (line != null && !line.startsWith(beginning)) {
        line = unread.poll(SECONDS, TimeUnit.SECONDS);
      }
      if (line == null) {
        throw new IllegalStateException(
            "no line \"%s…\" but %s\n%s".formatted(beginning, lines, Files.readString(errors)));
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Asks it to end, and waits for that.
  ///
  /// @return its exit code
  int stop() {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("it does not end: " + lines);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
