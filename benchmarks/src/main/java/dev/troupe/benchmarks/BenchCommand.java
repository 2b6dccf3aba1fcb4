package dev.troupe.benchmarks;

import dev.troupe.clusterconfig.command.Subcommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `troupe bench`: starts a server of its own on a temporary directory, measures, and removes it.
@Command(
    name = "bench",
    description = "Measures Troupe on this machine. Each benchmark starts a server of its own.",
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Subcommand {

  @Command(
      description =
          "Creates per second and their latency through HTTPS at 1, 16 and 64 connections.")
  int create(
      @Option(
              names = "--rounds",
              defaultValue = "5",
              description = "Measurements per row (default: ${DEFAULT-VALUE}).")
          int rounds,
      @Option(
              names = "--seconds",
              defaultValue = "5",
              description = "Length of one (default: ${DEFAULT-VALUE}).")
          int seconds,
      @Mixin Output output) {
    return measure(
        output,
        (directory, progress) ->
            CreateBenchmark.run(directory, rounds, Duration.ofSeconds(seconds), progress));
  }

  @Command(description = "The time from the creation of a deployment to its last replica ready.")
  int deploy(
      @Option(
              names = "--replicas",
              defaultValue = "1000",
              description = "Pods (default: ${DEFAULT-VALUE}).")
          int replicas,
      @Option(
              names = "--rounds",
              defaultValue = "3",
              description = "Measurements (default: ${DEFAULT-VALUE}).")
          int rounds,
      @Mixin Output output) {
    return measure(
        output,
        (directory, progress) -> DeployBenchmark.run(directory, replicas, rounds, progress));
  }

  @Command(
      description = "Heap per object, and the time from start to the first list after kill -9.")
  int start(
      @Option(
              names = "--objects",
              defaultValue = "10000",
              description = "Config maps of 1.5 KB (default: ${DEFAULT-VALUE}).")
          int objects,
      @Option(
              names = "--rounds",
              defaultValue = "5",
              description = "Starts (default: ${DEFAULT-VALUE}).")
          int rounds,
      @Mixin Output output) {
    return measure(
        output, (directory, progress) -> StartBenchmark.run(directory, objects, rounds, progress));
  }

  @Command(
      description =
          "Appends per second to the embedded event store, in process and without Pekko, beside a"
              + " bare loop of write and sync.")
  int store(
      @Option(
              names = "--rounds",
              defaultValue = "5",
              description = "Measurements per row (default: ${DEFAULT-VALUE}).")
          int rounds,
      @Option(
              names = "--seconds",
              defaultValue = "3",
              description = "Length of one (default: ${DEFAULT-VALUE}).")
          int seconds,
      @Mixin Output output) {
    return measure(
        output,
        (directory, progress) ->
            StoreBenchmark.run(directory, rounds, Duration.ofSeconds(seconds), progress));
  }

  /// In which form the measurements are printed.
  static final class Output {

    enum Form {
      table,
      json
    }

    @Option(
        names = "--output",
        defaultValue = "table",
        description = "table or json (default: ${DEFAULT-VALUE}).")
    private Form form = Form.table;
  }

  private static int measure(Output output, BiFunction<Path, PrintWriter, Report> benchmark) {
    var progress = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    var directory = temporaryDirectory();
    try {
      var report = benchmark.apply(directory, progress);
      report.print(
          new PrintWriter(System.out, true, StandardCharsets.UTF_8),
          output.form == Output.Form.json);
      return 0;
    } finally {
      delete(directory);
    }
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("troupe-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
