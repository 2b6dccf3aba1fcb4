package dev.troupe.apiserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Types that are defined while three members run. No controller does: the test says itself that a
/// definition is established.
@Timeout(120)
class DefinedAtAnyMemberTest {

  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String DEFINITION = DEFINITIONS + "/crontabs.stable.example.com";
  private static final String OBJECTS = "/apis/stable.example.com/v1/namespaces/default/crontabs";
  private static final String EVERYWHERE = "/apis/stable.example.com/v1/crontabs";

  private static final String MERGE = "application/merge-patch+json";

  private static final String CRON_TABS =
      """
      {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
       "metadata": {"name": "crontabs.stable.example.com"},
       "spec": {"group": "stable.example.com", "scope": "Namespaced",
         "names": {"plural": "crontabs", "singular": "crontab", "kind": "CronTab",
           "listKind": "CronTable"},
         "versions": [{"name": "v1", "served": true, "storage": true, "schema":
           {"openAPIV3Schema": {"type": "object", "properties":
             {"spec": {"type": "object", "properties": {"cronSpec": {"type": "string"}}}}}}}]}}
      """;

  private static final String ESTABLISHED =
      """
      {"status": {"storedVersions": ["v1"],
        "acceptedNames": {"plural": "crontabs", "kind": "CronTab"},
        "conditions": [{"type": "Established", "status": "True", "reason": "Test", "message": "",
          "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
      """;

  @Test
  void whoSawATypeEstablishedAtOneMemberIsServedByAllAndByNoneWhenItIsGone() throws Exception {
    try (var three = ThreeServers.start()) {
      send(three, 0, "POST", "/api/v1/namespaces", "{\"metadata\": {\"name\": \"default\"}}");
      assertThat(send(three, 0, "GET", EVERYWHERE, "").code()).isEqualTo(404);
      assertThat(send(three, 0, "POST", DEFINITIONS, CRON_TABS).code()).isEqualTo(201);
      assertThat(send(three, 0, "GET", EVERYWHERE, "").code()).isEqualTo(404);
      assertThat(send(three, 0, "PATCH", DEFINITION + "/status", ESTABLISHED).code())
          .isEqualTo(200);

      for (int member = 2; member >= 0; member--) {
        var object = send(three, member, "POST", OBJECTS, cronTab("at-" + member));
        assertThat(object.code()).as("at member %d: %s", member, object.body()).isEqualTo(201);
      }
      for (int member = 0; member < 3; member++) {
        var list = send(three, member, "GET", EVERYWHERE, "").body();
        assertThat(list.path("items")).hasSize(3);
        assertThat(list.path("kind").asString()).isEqualTo("CronTable");
      }

      var version = send(three, 1, "GET", EVERYWHERE, "").body().at("/metadata/resourceVersion");
      try (var watch =
          three.stream(
              three.all().getLast(),
              EVERYWHERE + "?watch=1&resourceVersion=" + version.asString())) {
        assertThat(send(three, 1, "DELETE", OBJECTS + "/at-1", "").code()).isEqualTo(200);
        assertThat(watch.readLine()).contains("DELETED").contains("at-1");

        assertThat(send(three, 0, "DELETE", DEFINITION, "").code()).isEqualTo(200);
        awaitClosed(three);
        send(three, 0, "PATCH", DEFINITION, "{\"metadata\": {\"finalizers\": null}}");
        assertThat(send(three, 0, "GET", DEFINITION, "").code()).isEqualTo(404);
        awaitEnd(watch);
      }
      for (int member = 0; member < 3; member++) {
        awaitNotFound(three, member);
      }
    }
  }

  /// A member hears of a deletion a moment later; what has slipped in until then is deleted by the
  /// controllers, of which there are none here.
  private static void awaitClosed(ThreeServers three) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    for (int i = 0; send(three, 0, "POST", OBJECTS, cronTab("late-" + i)).code() != 405; i++) {
      assertThat(System.nanoTime()).as("member 0 takes objects still").isLessThan(end);
    }
  }

  private static void awaitEnd(BufferedReader watch) throws IOException {
    for (var line = watch.readLine(); line != null; line = watch.readLine()) {
      assertThat(line).contains("late-");
    }
  }

  private static void awaitNotFound(ThreeServers three, int member) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (send(three, member, "GET", EVERYWHERE, "").code() != 404) {
      assertThat(System.nanoTime()).as("member %d serves it still", member).isLessThan(end);
    }
  }

  private record Answer(int code, JsonNode body) {}

  private static Answer send(
      ThreeServers three, int member, String method, String path, String body) throws Exception {
    var response =
        (method.equals("PATCH")
                ? three.send(three.all().get(member), method, path, body, "Content-Type", MERGE)
                : three.send(three.all().get(member), method, path, body))
            .get(30, TimeUnit.SECONDS);
    return new Answer(
        response.statusCode(),
        TestServer.JSON.readTree(new String(response.body(), StandardCharsets.UTF_8)));
  }

  private static String cronTab(String name) {
    return """
    {"apiVersion": "stable.example.com/v1", "kind": "CronTab", "metadata": {"name": "%s"},
     "spec": {"cronSpec": "* * * * *"}}
    """
        .formatted(name);
  }
}
