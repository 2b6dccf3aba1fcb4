package dev.troupe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A program that talks to the member, with a home of its own so that nothing is cached from
/// elsewhere.
///
/// @param environment what it finds in its environment beside what the caller has
record Program(List<String> command, Map<String, String> environment) {

  private static final long SECONDS = 120;

  static Program of(Member member, String... command) {
    var name = Path.of(command[0]).getFileName().toString();
    return new Program(
        List.of(command),
        Map.of(
            "KUBECONFIG",
            member.kubeconfig().toString(),
            "HOME",
            member.directory("home-" + name).toString()));
  }

  /// The same that remembers nothing of others.
  Program at(Path otherHome) {
    return with("HOME", otherHome.toString());
  }

  Program with(String variable, String value) {
    var more = new HashMap<>(environment);
    more.put(variable, value);
    return new Program(command, more);
  }

  record Output(int code, String out, String err) {}

  /// Runs what must succeed.
  ///
  /// @return what it printed
  String run(String... arguments) {
    var output = execute("", arguments);
    assertThat(output.code())
        .as("%s %s\n%s%s", command, List.of(arguments), output.out(), output.err())
        .isZero();
    return output.out();
  }

  /// Runs what must fail.
  ///
  /// @return what it says about that
  String fail(String... arguments) {
    var output = execute("", arguments);
    assertThat(output.code())
        .as("%s %s\n%s%s", command, List.of(arguments), output.out(), output.err())
        .isNotZero();
    return output.out() + output.err();
  }

  Output execute(String input, String... arguments) {
    try {
      var process = builder(arguments).start();
      var err = inTheBackground(process.getErrorStream());
      var out = inTheBackground(process.getInputStream());
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(
            command + " " + List.of(arguments) + " does not end\n" + out.join() + err.join());
      }
      return new Output(process.exitValue(), out.join(), err.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Whatever is to run in the background is started with this.
  ProcessBuilder builder(String... arguments) {
    var words = new ArrayList<>(command);
    words.addAll(List.of(arguments));
    var builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    return builder;
  }

  private static CompletableFuture<String> inTheBackground(InputStream from) {
    return CompletableFuture.supplyAsync(() -> read(from), Thread.ofPlatform()::start);
  }

  private static String read(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
