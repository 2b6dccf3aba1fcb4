package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The real kubectl, with a home of its own so that nothing is cached from elsewhere.
public record Kubectl(Path kubeconfig, Path home) {

  /// Whether tests that need it may run. Under `TROUPE_REQUIRE_KUBECTL` its absence is a failure,
  /// not a reason to skip.
  public static boolean isThere() {
    try {
      return new ProcessBuilder("kubectl", "version", "--client")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      if (System.getenv("TROUPE_REQUIRE_KUBECTL") != null) {
        throw new IllegalStateException(
            "kubectl is required here and was not found: install it, or unset"
                + " TROUPE_REQUIRE_KUBECTL",
            e);
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// What a command printed, and its exit code.
  public record Output(int code, String out, String err) {}

  /// Runs a command that must succeed without a word on standard error; returns what it printed.
  public String run(String... arguments) {
    var output = execute(Map.of(), "", arguments);
    assertThat(output.err())
        .as("standard error of kubectl " + String.join(" ", arguments))
        .isEmpty();
    assertThat(output.code()).as("exit code of kubectl " + String.join(" ", arguments)).isZero();
    return output.out();
  }

  public Output execute(Map<String, String> environment, String input, String... arguments) {
    try {
      var process = start(environment, arguments);
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      // On two processors one thread would read both, one after the other.
      var err = inTheBackground(process.getErrorStream());
      var out = inTheBackground(process.getInputStream());
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "kubectl " + String.join(" ", arguments) + " does not end\n" + out.join() + err.join());
      }
      return new Output(process.exitValue(), out.join(), err.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static CompletableFuture<String> inTheBackground(InputStream from) {
    return CompletableFuture.supplyAsync(() -> read(from), Thread.ofPlatform()::start);
  }

  public Process start(Map<String, String> environment, String... arguments) throws IOException {
    Files.createDirectories(home);
    var command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("HOME", home.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String read(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
