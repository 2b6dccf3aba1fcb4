package dev.troupe.testkit.members;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The `ip` of iproute2.
final class IpCommand {

  private static final int SECONDS = 10;

  private IpCommand() {}

  /// @throws IllegalStateException if it fails, with what it says
  static void run(String... words) {
    var failure = attempt(words);
    if (!failure.isEmpty()) {
      throw new IllegalStateException(failure);
    }
  }

  /// @param place a network namespace; empty for that of this process
  static void in(String place, String... words) {
    var all = new ArrayList<String>();
    if (!place.isEmpty()) {
      all.addAll(List.of("-n", place));
    }
    all.addAll(List.of(words));
    run(all.toArray(String[]::new));
  }

  /// @return what went wrong; empty if nothing
  static String attempt(String... words) {
    var outcome = outcome(words);
    return outcome.succeeded() ? "" : outcome.said();
  }

  /// @return what it prints
  /// @throws IllegalStateException if it fails, with what it says
  static String output(String... words) {
    var outcome = outcome(words);
    if (!outcome.succeeded()) {
      throw new IllegalStateException(outcome.said());
    }
    return outcome.said();
  }

  /// @param said what was printed; of one that has failed, which it was and why
  private record Outcome(boolean succeeded, String said) {}

  private static Outcome outcome(String... words) {
    var said = "ip " + String.join(" ", words) + ": ";
    var command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
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
