package dev.troupe.benchmarks.reconcile;

import dev.troupe.testkit.process.TroupeProcess;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A server, and whoever reconciles what is in it: itself, or another process.
final class ProbedSide implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  /// Who reconciles.
  enum Kind {
    MEMBER("in the member"),
    HTTPS("over HTTPS"),
    JOSDK("Java Operator SDK");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /// @param count of the changes that were reconciled
  record Reconciled(long count, double p50Millis, double p99Millis, double maxMillis) {}

  private final TroupeProcess server;
  private final @Nullable Process operator;
  private final Path port;
  private final HttpClient http = HttpClient.newHttpClient();

  private ProbedSide(TroupeProcess server, @Nullable Process operator, Path port) {
    this.server = server;
    this.operator = operator;
    this.port = port;
  }

  /// @param library where the jars of the Java Operator SDK are
  /// @param workers how many reconcile at once
  static ProbedSide start(Kind kind, Path directory, boolean writes, Path library, int workers) {
    var place = ProbePlace.of(directory.resolve("data"));
    place.prepare(writes);
    if (kind == Kind.MEMBER) {
      return new ProbedSide(
          TroupeProcess.up(ProbeInMember.class, place.data()), null, place.port());
    }
    var server = TroupeProcess.up(place.data(), 0, "--nodes", "0");
    try {
      var operator = operator(kind, place, directory, writes, library, workers);
      var side = new ProbedSide(server, operator, place.port());
      side.awaitPort(operator);
      return side;
    } catch (IOException failure) {
      server.close();
      throw new UncheckedIOException(failure);
    }
  }

  private static Process operator(
      Kind kind, ProbePlace place, Path directory, boolean writes, Path library, int workers)
      throws IOException {
    var classPath =
        kind == Kind.HTTPS
            ? System.getProperty("java.class.path")
            : library.toAbsolutePath() + "/*" + File.pathSeparator + ours();
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseG1GC",
            "-Xmx1g",
            "-cp",
            classPath,
            source(kind, directory).toString(),
            place.port().toString(),
            Boolean.toString(writes),
            Integer.toString(workers));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("operator.log").toFile());
    builder.environment().put("KUBECONFIG", place.data().resolve("kubeconfig").toString());
    return builder.start();
  }

  /// Where the class is that measures.
  private static Path ours() {
    return Path.of(
        URI.create(
            ProbeStats.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  /// The JDK compiles it as it starts it: nothing that it needs is needed to build this.
  private static Path source(Kind kind, Path directory) throws IOException {
    var name = kind == Kind.HTTPS ? "ElsewhereProbe.java" : "JosdkProbe.java";
    var source = directory.resolve(name);
    try (InputStream stored = ProbedSide.class.getResourceAsStream(name)) {
      if (stored == null) {
        throw new IOException("the program " + name + " is missing");
      }
      Files.copy(stored, source);
    }
    return source;
  }

  private void awaitPort(Process process) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!Files.exists(port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        var log = port.resolveSibling("operator.log");
        close();
        throw new IllegalStateException("the operator does not start: " + Files.readString(log));
      }
      Thread.onSpinWait();
    }
  }

  TroupeProcess server() {
    return server;
  }

  /// The processes whose heaps count.
  List<Long> pids() {
    return operator == null ? List.of(server.pid()) : List.of(server.pid(), operator.pid());
  }

  /// What was reconciled since it was asked last.
  Reconciled take() {
    try {
      var uri = URI.create("http://127.0.0.1:" + Files.readString(port).strip() + "/");
      var answer =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body()
              .split(" ");
      return new Reconciled(
          Long.parseLong(answer[0]), millis(answer[1]), millis(answer[2]), millis(answer[3]));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while measuring", stopped);
    }
  }

  private static double millis(String micros) {
    return Long.parseLong(micros) / 1_000.0;
  }

  @Override
  public void close() {
    http.close();
    if (operator != null) {
      operator.destroyForcibly();
    }
    server.close();
  }
}
