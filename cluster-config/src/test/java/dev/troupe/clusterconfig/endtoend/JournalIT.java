package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.Version;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the log of a control plane tells of its objects, over the API and by the commands.
@Timeout(120)
class JournalIT {

  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
  private static final String WEB = DEPLOYMENTS + "/web";
  private static final String PODS = "/api/v1/namespaces/default/pods";

  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String EVENTS = "/api/v1/namespaces/default/events";

  private static final String DEPLOYMENT =
      """
      {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
       "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "web"}},
        "template": {"metadata": {"labels": {"app": "web"}},
         "spec": {"containers": [{"name": "web", "image": "nginx"}]}}}}\
      """;

  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir private Path directory;

  @Test
  void podsLeadToWhoHasScaledAndThePastIsThere() throws Exception {
    var data = directory.resolve("data");
    try (var running = TroupeProcess.up(data, 0)) {
      var api = running.api();
      api.post(DEPLOYMENTS, DEPLOYMENT);
      awaitPods(api, 1);
      var before = api.get(PODS).body();
      var scaled = api.patch(WEB, "{\"spec\":{\"replicas\":2}}");
      awaitPods(api, 2);

      assertThat(lastStep(api, newest(api)).path("reason").asString("")).isEqualTo("patch");
      assertThat(setter(api, ".spec.replicas")).isEqualTo(version(scaled.body()));
      assertThat(setter(api, ".spec.template.spec.containers[name=\"web\"].image"))
          .isNotEqualTo(version(scaled.body()));
      assertThat(pastPods(api, before)).isEqualTo(1);

      assertThat(printed(data, "history", "deploy/web"))
          .contains("CHANGE", "kubernetes-admin", ".spec.replicas", "created");
      assertThat(printed(data, "history", "deploy/web", "--diff"))
          .contains(".spec.replicas: 1 -> 2");
      assertThat(printed(data, "cause", "pod", newest(api))).contains("kubernetes-admin");
      assertThat(printed(data, "what-if", "--delete", "deployment/web"))
          .contains("deletes deployments.apps default/web", "deletes pods default/web-");
      assertThat(api.get(WEB).code()).isEqualTo(200);
      assertThat(refused(data, "what-if", "--delete", "namespace/default"))
          .contains("this namespace may not be deleted");
      assertThat(printed(data, "undo", "deploy/web", "--version", version(scaled.body())))
          .contains(".spec.replicas is as it was before");
      assertThat(api.get(WEB).body().path("spec").path("replicas").asInt()).isEqualTo(1);
      assertThat(printed(data, "timers", "nodes/node-1"))
          .contains("node-lifecycle   nodes node-1   silence")
          .doesNotContain("node-2");
      assertThat(printed(data, "timers", "deploy")).contains("no timers are set");
      assertThat(printed(data, "get", "po", "--as-of", "1h")).contains("there are none");
      assertThat(api.get(WEB + "?journal=everything").code()).isEqualTo(400);
      assertThat(api.get(DEPLOYMENTS + "/none?journal=history").code()).isEqualTo(404);
      assertThat(api.get(WEB + "?asOf=yesterday").code()).isEqualTo(400);
      assertThat(watched(api, PODS + "?watch=true&since=" + time(before), 1))
          .containsExactly("ADDED");
      assertThat(watched(api, PODS + "?watch=true&asOf=" + time(before), 2))
          .containsExactly("ADDED", "ADDED");
      assertThat(api.get(PODS + "?since=2026-01-01T00:00:00Z").code()).isEqualTo(400);
      assertThat(api.get(PODS + "?watch=true&since=2026-01-01T00:00:00Z&resourceVersion=1").code())
          .isEqualTo(400);
    }
  }

  @Test
  void whatAnObjectWaitsForIsTold() throws Exception {
    var data = directory.resolve("data");
    try (var running = TroupeProcess.up(data, 0, "--nodes", "0")) {
      var api = running.api();
      var posted =
          api.post(
              PODS,
              """
              {"apiVersion": "v1", "kind": "Pod",
               "metadata": {"name": "web", "finalizers": ["example.com/kept"]},
               "spec": {"containers": [{"name": "web", "image": "nginx"}]}}\
              """);
      assertThat(posted.code()).as(posted.body().toString()).isEqualTo(201);
      while (api.get(PODS + "/web?journal=why").body().path("controllers").isEmpty()) {
        Thread.onSpinWait();
      }

      assertThat(printed(data, "why", "pod/web"))
          .contains("default-scheduler waits for node since", "condition PodScheduled is False");

      assertThat(printed(data, "quarantine")).contains("nothing fails");
      assertThat(api.get("/troupe/timers?limit=0").code()).isEqualTo(400);

      api.delete(PODS + "/web");
      assertThat(printed(data, "why", "pod", "web"))
          .contains(
              "deletion was asked for at",
              "it goes when finalizer example.com/kept is removed, which was set by"
                  + " kubernetes-admin");
    }
  }

  @Test
  void fightsAreTold() throws Exception {
    var data = directory.resolve("data");
    try (var running = TroupeProcess.up(data, 0, "--nodes", "0")) {
      var api = running.api();
      api.post(MAPS, "{\"metadata\":{\"name\":\"web\"},\"data\":{\"size\":\"0\"}}");
      for (int i = 0; i < 10; i++) {
        var size = "{\"data\":{\"size\":\"%d\",\"turn\":\"%d\"}}".formatted(i % 2, i);
        var writer = api.called(i % 2 == 0 ? "ada/1" : "bob/2");
        assertThat(writer.patch(MAPS + "/web", size).code()).isEqualTo(200);
      }
      var events = api.get(EVENTS).body().path("items");
      while (events.isEmpty()) {
        Thread.onSpinWait();
        events = api.get(EVENTS).body().path("items");
      }

      assertThat(events.path(0).path("message").asString(""))
          .isEqualTo(
              ".data.size is set back and forth by kubernetes-admin (ada/1) and kubernetes-admin"
                  + " (bob/2)");
      assertThat(printed(data, "why", "configmap/web"))
          .contains("fight for .data.size: it was set back and forth 7 times");
    }
  }

  private static void awaitPods(Api api, int count) throws Exception {
    while (api.get(WEB).body().path("status").path("readyReplicas").asInt(0) != count) {
      Thread.onSpinWait();
    }
  }

  private static String newest(Api api) throws Exception {
    var name = "";
    var created = 0L;
    for (var pod : api.get(PODS).body().path("items")) {
      var history = api.get(path(pod) + "?journal=history&limit=500").body().path("events");
      long first =
          Long.parseLong(history.get(history.size() - 1).path("resourceVersion").asString(""));
      if (first > created) {
        created = first;
        name = pod.path("metadata").path("name").asString("");
      }
    }
    return name;
  }

  private static String path(JsonNode pod) {
    return PODS + "/" + pod.path("metadata").path("name").asString("");
  }

  private static JsonNode lastStep(Api api, String pod) throws Exception {
    var steps = api.get(PODS + "/" + pod + "?journal=cause").body().path("steps");
    return steps.get(steps.size() - 1).path("by");
  }

  private static String setter(Api api, String path) throws Exception {
    for (var field : api.get(WEB + "?journal=blame").body().path("fields")) {
      if (field.path("path").asString("").equals(path)) {
        return field.path("setBy").path("resourceVersion").asString("");
      }
    }
    return "nobody";
  }

  /// How many pods there were when a list was read.
  private static int pastPods(Api api, JsonNode list) throws Exception {
    var past = api.get(PODS + "?asOf=" + time(list));
    assertThat(past.code()).as(past.body().toString()).isEqualTo(200);
    return past.body().path("items").size();
  }

  private static String time(JsonNode list) {
    return Version.instant(Long.parseLong(version(list))).toString();
  }

  /// The types of the first events of a watch.
  private static List<String> watched(Api api, String path, int count) throws Exception {
    var types = new ArrayList<String>();
    try (var events = new Scanner(api.watch(path), StandardCharsets.UTF_8)) {
      while (types.size() < count) {
        types.add(JSON.readTree(events.nextLine()).path("type").asString(""));
      }
    }
    return types;
  }

  private static String version(JsonNode object) {
    return object.path("metadata").path("resourceVersion").asString("");
  }

  private String refused(Path data, String... words) throws Exception {
    return printed(1, data, words);
  }

  private String printed(Path data, String... words) throws Exception {
    return printed(0, data, words);
  }

  private String printed(int exit, Path data, String... words) throws Exception {
    var all = new ArrayList<>(List.of(words));
    all.add("--data");
    all.add(data.toString());
    try (var run = TroupeRun.start(directory.resolve("output"), all.toArray(String[]::new))) {
      assertThat(run.awaitEnd()).as(run.output()).isEqualTo(exit);
      return run.output();
    }
  }
}
