package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Gives a type other numbers of partitions between runs of a control plane.
@Timeout(300)
@Tag("thorough")
class RepartitionIT {

  private static final String ALL = "/api/v1/configmaps";
  private static final int NAMESPACES = 12;
  private static final String WIDGETS =
      """
      {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
       "metadata": {"name": "widgets.example.com"},
       "spec": {"group": "example.com", "scope": "Namespaced",
        "names": {"plural": "widgets", "singular": "widget", "kind": "Widget"},
        "versions": [{"name": "v1", "served": true, "storage": true,
         "schema": {"openAPIV3Schema": {"type": "object"}}}]}}\
      """;

  @TempDir private Path directory;

  private record Ran(int code, String output) {}

  private Ran troupe(String... words) throws IOException, InterruptedException {
    try (var run = TroupeRun.start(directory.resolve("output"), words)) {
      return new Ran(run.awaitEnd(), run.output());
    }
  }

  private Ran repartition(Path data, int partitions) throws IOException, InterruptedException {
    return troupe(
        "repartition", "configmaps", Integer.toString(partitions), "--data", data.toString());
  }

  @Test
  void nothingIsLostAndResumedWatchesAreToldToListAgain() throws Exception {
    var data = directory.resolve("data");
    Map<String, String> objects;
    String position;
    try (var running = TroupeProcess.up(data, 0)) {
      for (int n = 0; n < NAMESPACES; n++) {
        create(running.api(), n, "before");
      }
      objects = objects(running.api());
      position = version(running.api().get(ALL));
      var refused = repartition(data, 3);
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.output()).contains("is in use by another");
    }

    int before = 1;
    for (int partitions : new int[] {3, 8, 2}) {
      var done = repartition(data, partitions);
      assertThat(done.code()).as(done.output()).isZero();
      assertThat(done.output())
          .contains("configmaps: " + partitions + " partitions, " + before + " before");
      try (var running = TroupeProcess.up(data, 0)) {
        var api = running.api();
        assertThat(objects(api)).containsAllEntriesOf(objects);
        assertThat(api.get("/troupe/status").body().path("partitions").toString())
            .contains("\"configmaps#" + (partitions - 1) + "\"")
            .doesNotContain("\"configmaps#" + partitions + "\"");
        assertThat(api.get(ALL + "?watch=true&resourceVersion=" + position).body().toString())
            .contains("\"code\":410");
        var next = version(api.get(ALL));
        assertThat(Long.parseLong(next)).isGreaterThan(Long.parseLong(position));
        position = next;
        create(api, 0, "after-" + partitions);
        objects = objects(api);
      }
      before = partitions;
    }
  }

  @Test
  void typeThatSomebodyHasDefinedIsDividedToo() throws Exception {
    var data = directory.resolve("data");
    var widgets = "/apis/example.com/v1/namespaces/default/widgets";
    try (var running = TroupeProcess.up(data, 0)) {
      var api = running.api();
      assertThat(
              api.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", WIDGETS).code())
          .isEqualTo(201);
      while (api.get(widgets).code() != 200) {
        Thread.onSpinWait();
      }
      for (var name : List.of("one", "two")) {
        var made =
            api.post(
                widgets,
                """
                {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "%s"}}\
                """
                    .formatted(name));
        assertThat(made.code()).as(made.body().toString()).isEqualTo(201);
      }
    }
    var unknown = troupe("repartition", "wheels.example.com", "3", "--data", data.toString());
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.output()).contains("wheels.example.com is no type that is stored");

    var done = troupe("repartition", "widgets.example.com", "3", "--data", data.toString());

    assertThat(done.output()).contains("widgets.example.com: 3 partitions, 1 before");
    try (var running = TroupeProcess.up(data, 0)) {
      assertThat(running.api().get(widgets).body().path("items"))
          .extracting(item -> item.path("metadata").path("name").asString())
          .containsExactly("one", "two");
      assertThat(running.api().get("/troupe/status").body().path("partitions").toString())
          .contains("\"widgets.example.com#2\"");
    }
  }

  @Test
  void killedRepartitionLeavesWhatWasBeforeOrWhatWasToBe() throws Exception {
    var data = directory.resolve("data");
    Map<String, String> objects;
    try (var running = TroupeProcess.up(data, 0)) {
      for (int n = 0; n < NAMESPACES; n++) {
        create(running.api(), n, "kept");
      }
      objects = objects(running.api());
    }
    for (var made : List.of(".store.copy.new", "store.copy", "store.restoring", "store.before")) {
      killWhenThereIs(data.resolve(made), data);

      try (var running = TroupeProcess.up(data, 0)) {
        assertThat(objects(running.api())).as(made).containsAllEntriesOf(objects);
      }
    }
    assertThat(repartition(data, 4).code()).isZero();
    try (var files = Files.list(data)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.contains("store"))
          .containsExactly("store");
    }
  }

  /// Unless it ends before.
  private void killWhenThereIs(Path made, Path data) throws Exception {
    try (var run =
        TroupeRun.start(
            directory.resolve("output"),
            "repartition",
            "configmaps",
            "3",
            "--data",
            data.toString())) {
      while (run.isAlive() && !Files.exists(made)) {
        Thread.onSpinWait();
      }
      run.kill();
    }
  }

  private static void create(Api api, int namespace, String name) {
    var in = "ns-" + namespace;
    api.post(
        "/api/v1/namespaces",
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
            .formatted(in));
    var answer =
        api.post(
            "/api/v1/namespaces/" + in + "/configmaps",
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"}}"
                .formatted(name));
    assertThat(answer.code()).isEqualTo(201);
  }

  /// Their versions, by namespace and name.
  private static Map<String, String> objects(Api api) {
    var found = new HashMap<String, String>();
    for (var item : api.get(ALL).body().path("items")) {
      var metadata = item.path("metadata");
      found.put(
          metadata.path("namespace").asString() + "/" + metadata.path("name").asString(),
          metadata.path("resourceVersion").asString());
    }
    return found;
  }

  private static String version(Api.Answer answer) {
    return answer.body().path("metadata").path("resourceVersion").asString();
  }
}
