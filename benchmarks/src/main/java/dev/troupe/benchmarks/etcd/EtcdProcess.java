package dev.troupe.benchmarks.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// An etcd of one member on loopback, with its defaults but for a larger database; ended with this
/// JVM at the latest.
public final class EtcdProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final String VERSION = "etcd Version: ";
  private static final String DATABASE_BYTES = Long.toString(8L << 30);

  private final Process process;
  private final Thread lastResort;
  private final URI client;
  private final EtcdMetrics metrics;

  private EtcdProcess(Process process, URI client) {
    this.process = process;
    this.client = client;
    metrics = new EtcdMetrics(client);
    lastResort = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(lastResort);
  }

  /// Such as `3.4.23`.
  ///
  /// @throws UncheckedIOException if it is not installed; says how to
  public static String version() {
    try {
      var process = new ProcessBuilder(program(), "--version").redirectErrorStream(true).start();
      var told = new String(process.getInputStream().readAllBytes(), UTF_8);
      return told.lines()
          .filter(line -> line.startsWith(VERSION))
          .map(line -> line.substring(VERSION.length()))
          .findFirst()
          .orElseThrow(() -> failure("'etcd --version' does not tell its version: " + told));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String program() {
    return program(System.getenv().getOrDefault("PATH", ""));
  }

  static String program(String path) {
    return Stream.of(path.split(File.pathSeparator))
        .map(directory -> Path.of(directory, "etcd"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            failure(
                "etcd is not on the PATH; install it, on Debian and Ubuntu with"
                    + " 'apt-get install etcd-server'"))
        .toString();
  }

  /// Starts an etcd on an empty directory and waits until it serves.
  public static EtcdProcess start(Path directory) {
    var client = loopback();
    var log = directory.resolve("etcd.log");
    try {
      Files.createDirectories(directory);
      var etcd = new EtcdProcess(launch(directory, client, log), client);
      etcd.awaitHealthy(log);
      return etcd;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process launch(Path directory, URI client, Path log) throws IOException {
    var peer = loopback().toString();
    var builder =
        new ProcessBuilder(
                List.of(
                    program(),
                    "--name=bench",
                    "--data-dir=" + directory.resolve("data"),
                    "--listen-client-urls=" + client,
                    "--advertise-client-urls=" + client,
                    "--listen-peer-urls=" + peer,
                    "--initial-advertise-peer-urls=" + peer,
                    "--initial-cluster=bench=" + peer,
                    "--quota-backend-bytes=" + DATABASE_BYTES,
                    "--logger=zap",
                    "--log-level=error"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // Each is an option too. One of them lets it start on processors it is not tested on.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("ETCD_") && !name.equals("ETCD_UNSUPPORTED_ARCH"));
    return builder.start();
  }

  private static URI loopback() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitHealthy(Path log) {
    long until = System.nanoTime() + START.toNanos();
    while (process.isAlive() && System.nanoTime() < until) {
      if (metrics.isHealthy()) {
        return;
      }
      pause();
    }
    close();
    throw failure("etcd does not serve after " + START.toSeconds() + " s: " + read(log));
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while etcd started", e);
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "its log cannot be read: " + e;
    }
  }

  private static UncheckedIOException failure(String message) {
    return new UncheckedIOException(message, new IOException(message));
  }

  /// Where it serves clients.
  public URI client() {
    return client;
  }

  public EtcdMetrics metrics() {
    return metrics;
  }

  public ProcessHandle process() {
    return process.toHandle();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(lastResort);
    } catch (IllegalStateException shuttingDown) {
      // It has run, or will.
    }
  }
}
