package dev.troupe.benchmarks.recovery;

import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Spread;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What many types cost that are defined at once: the time until all are served, the heap of each,
/// and the time from exec until all are served again after kill -9.
public final class DefinitionsBenchmark {

  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final Path data;
  private final int definitions;
  private final int fields;

  private DefinitionsBenchmark(Path data, int definitions, int fields) {
    this.data = data;
    this.definitions = definitions;
    this.fields = fields;
  }

  /// @param fields of each type
  public static Report run(
      Path directory, int definitions, int fields, int rounds, PrintWriter progress) {
    var benchmark = new DefinitionsBenchmark(directory.resolve("data"), definitions, fields);
    var report = new Report();
    var row = report.row().put("definitions", definitions).put("fields/type", fields);
    try (var server = TroupeProcess.up(benchmark.data, 0, "--nodes", "0")) {
      long empty = Heap.usedBytes(server.pid());
      long start = System.nanoTime();
      benchmark.define(server.api());
      benchmark.awaitServed(server.api());
      double seconds = (System.nanoTime() - start) / 1e9;
      row.put("seconds until served", seconds);
      row.put("heap bytes/type", (Heap.usedBytes(server.pid()) - empty) / definitions);
      progress.printf("%d types are served after %.2f s%n", definitions, seconds);
      server.kill();
    }
    var restarts = new double[rounds];
    Arrays.setAll(restarts, _ -> benchmark.restart(progress));
    row.put("seconds to serve all again", Spread.of(restarts));
    return report;
  }

  private double restart(PrintWriter progress) {
    long start = System.nanoTime();
    try (var server = TroupeProcess.up(data, 0, "--nodes", "0")) {
      awaitServed(server.api());
      double seconds = (System.nanoTime() - start) / 1e9;
      progress.printf("all are served %.2f s after a start%n", seconds);
      progress.flush();
      server.kill();
      return seconds;
    }
  }

  private void define(Api api) {
    for (int i = 0; i < definitions; i++) {
      var answer = api.post(DEFINITIONS, definition(i).toString());
      if (answer.code() != 201) {
        throw new IllegalStateException(
            "a definition was answered with " + answer.code() + ": " + answer.body());
      }
    }
  }

  private void awaitServed(Api api) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    for (int i = 0; i < definitions; i++) {
      while (api.get("/apis/" + group(i) + "/v1/" + plural(i)).code() != 200) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(plural(i) + " are not served");
        }
      }
    }
  }

  private static String group(int number) {
    return "group" + number % 50 + ".example.com";
  }

  private static String plural(int number) {
    return "things" + number;
  }

  private ObjectNode definition(int number) {
    var definition = JsonNodeFactory.instance.objectNode();
    definition.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "CustomResourceDefinition");
    definition.putObject("metadata").put("name", plural(number) + "." + group(number));
    var spec = definition.putObject("spec").put("group", group(number)).put("scope", "Namespaced");
    spec.putObject("names")
        .put("plural", plural(number))
        .put("singular", "thing" + number)
        .put("kind", "Thing" + number)
        .put("listKind", "Thing" + number + "List");
    var version =
        spec.putArray("versions")
            .addObject()
            .put("name", "v1")
            .put("served", true)
            .put("storage", true);
    var schema = version.putObject("schema").putObject("openAPIV3Schema").put("type", "object");
    var properties =
        schema
            .putObject("properties")
            .putObject("spec")
            .put("type", "object")
            .putObject("properties");
    for (int i = 0; i < fields; i++) {
      properties
          .putObject("field" + i)
          .put("type", i % 2 == 0 ? "string" : "integer")
          .put("description", "The field of number " + i + ".");
    }
    return definition;
  }
}
