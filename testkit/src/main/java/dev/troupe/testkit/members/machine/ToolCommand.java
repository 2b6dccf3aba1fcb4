package dev.troupe.testkit.members.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs tools of the operating system.
public final class ToolCommand {

  private static final int SECONDS = 60;

  private ToolCommand() {}

  /// @throws IllegalStateException if it fails, with what it says
  public static void run(String... words) {
    var failure = attempt(words);
    if (!failure.isEmpty()) {
      throw new IllegalStateException(failure);
    }
  }

  /// @return what went wrong; empty if nothing
  public static String attempt(String... words) {
    var outcome = outcome(words);
    return outcome.succeeded() ? "" : outcome.said();
  }

  /// @return what it prints
  /// @throws IllegalStateException if it fails, with what it says
  public static String output(String... words) {
    var outcome = outcome(words);
    if (!outcome.succeeded()) {
      throw new IllegalStateException(outcome.said());
    }
    return outcome.said();
  }

  /// @param said what was printed; of one that has failed, which it was and why
  private record Outcome(boolean succeeded, String said) {}

  private static Outcome outcome(String... words) {
    var said = String.join(" ", words) + ": ";
    try {
      var process = new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
      var output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Outcome(false, said + "it does not end");
      }
      boolean succeeded = process.exitValue() == 0;
      return new Outcome(succeeded, succeeded ? output : said + output);
    } catch (IOException e) {
      return new Outcome(false, said + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
