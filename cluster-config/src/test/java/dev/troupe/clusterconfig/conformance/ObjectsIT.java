package dev.troupe.clusterconfig.conformance;

import static dev.troupe.clusterconfig.conformance.Scene.copy;
import static dev.troupe.clusterconfig.conformance.Scene.version;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Rows about config maps, secrets, accounts and events.
@ExtendWith(OneServer.class)
class ObjectsIT {

  @ParameterizedTest
  @ValueSource(strings = {"configmaps", "secrets"})
  void anEmptyKeyIsRefused(String plural, Scene scene) {
    assertThat(
            scene.refused(
                422,
                scene
                    .api()
                    .post(
                        scene.core(plural),
                        "{\"metadata\":{\"name\":\"a\"},\"data\":{\"\":\"YQ==\"}}")))
        .contains("Invalid value: \"\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"configmaps", "secrets"})
  void aMapLives(String plural, Scene scene) {
    var maps = scene.core(plural);
    var from = version(scene.get(maps));
    scene.create(maps, "{metadata: {name: lives, labels: {a: static}}, data: {key: YQ==}}");
    scene.strategic(
        maps + "/lives",
        "{\"metadata\":{\"labels\":{\"b\":\"patched\"}},\"data\":{\"key\":\"Yg==\"}}");
    assertThat(scene.get(maps + "/lives").at("/data/key").asString()).isEqualTo("Yg==");
    assertThat(scene.list("/api/v1/" + plural + "?labelSelector=b%3Dpatched"))
        .extracting(Scene::name)
        .contains("lives");
    scene.delete(maps + "?labelSelector=a%3Dstatic");
    assertThat(scene.events(maps, from, 3, ""))
        .extracting(event -> event.get("type").asString())
        .containsExactly("ADDED", "MODIFIED", "DELETED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"configmaps", "secrets"})
  void whatIsImmutableStaysSo(String plural, Scene scene) {
    var maps = scene.core(plural);
    scene.create(maps, "{metadata: {name: fixed}, data: {key: YQ==}}");
    scene.merge(maps + "/fixed", "{\"data\":{\"key\":\"Yg==\"}}");
    scene.merge(maps + "/fixed", "{\"immutable\":true}");
    for (var patch : new String[] {"{\"data\":{\"key\":\"Yw==\"}}", "{\"immutable\":false}"}) {
      assertThat(scene.refused(422, scene.api().patch(maps + "/fixed", patch)))
          .contains("field is immutable when `immutable` is set");
    }
    scene.merge(maps + "/fixed", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
    scene.delete(maps + "/fixed");
    scene.awaitNone(maps, "fixed");
  }

  @Test
  void anAccountLives(Scene scene) {
    var accounts = scene.core("serviceaccounts");
    scene.create(accounts, "{metadata: {name: lives, labels: {a: static}}}");
    scene.strategic(accounts + "/lives", "{\"automountServiceAccountToken\":false}");
    var account = copy(scene.get(accounts + "/lives"));
    assertThat(account.get("automountServiceAccountToken").asBoolean()).isFalse();
    account.put("automountServiceAccountToken", true);
    assertThat(
            scene
                .replace(accounts + "/lives", account)
                .get("automountServiceAccountToken")
                .asBoolean())
        .isTrue();
    assertThat(scene.list("/api/v1/serviceaccounts?labelSelector=a%3Dstatic"))
        .extracting(Scene::name)
        .contains("lives");
    scene.delete(accounts + "?labelSelector=a%3Dstatic");
    scene.awaitNone(accounts, "lives");
  }

  @Test
  void eachNamespaceKnowsTheAuthority(Scene scene) {
    var maps = scene.core("configmaps");
    var name = "kube-root-ca.crt";
    var first =
        scene.awaitOne(maps, name, map -> map.at("/data/ca.crt").asString("").contains("BEGIN"));
    scene.delete(maps + "/" + name);
    scene.awaitOne(maps, name, map -> !map.at("/metadata/uid").equals(first.at("/metadata/uid")));
    scene.merge(maps + "/" + name, "{\"data\":{\"ca.crt\":\"nobody\"}}");
    scene.awaitOne(maps, name, map -> map.get("data").equals(first.get("data")));
  }

  @Test
  void anEventLives(Scene scene) {
    var events = scene.core("events");
    scene.create(events, event(scene, "lives", "suite: one"));
    scene.merge(events + "/lives", "{\"message\":\"patched\"}");
    var event = copy(scene.get(events + "/lives"));
    assertThat(event.get("message").asString()).isEqualTo("patched");
    event
        .putObject("series")
        .put("count", 100)
        .put("lastObservedTime", "2026-01-02T03:04:05.000000Z");
    assertThat(scene.replace(events + "/lives", event).at("/series/count").asInt()).isEqualTo(100);
    assertThat(scene.list("/api/v1/events?labelSelector=suite%3Done"))
        .extracting(Scene::name)
        .contains("lives");
    scene.delete(events + "/lives");
    scene.awaitNone(events, "lives");
  }

  @Test
  void anEventOfTheNewApiLives(Scene scene) {
    var events = scene.group("events.k8s.io/v1", "events");
    scene.create(
        events,
        """
        {metadata: {name: lives, labels: {suite: new}}, eventTime: '2026-01-02T03:04:05.000006Z',
         reportingController: example.com/test, reportingInstance: a, action: Do, reason: Test,
         type: Normal, note: first, regarding: {kind: Pod, name: a, namespace: %s}}
        """
            .formatted(scene.namespace()));
    assertThat(scene.list("/apis/events.k8s.io/v1/events?labelSelector=suite%3Dnew"))
        .extracting(Scene::name)
        .contains("lives");
    var series = "{\"series\":{\"count\":2,\"lastObservedTime\":\"2026-01-02T03:04:06.000000Z\"}}";
    assertThat(scene.merge(events + "/lives", series).at("/series/count").asInt()).isEqualTo(2);
    var event = copy(scene.get(events + "/lives"));
    ((ObjectNode) event.get("series")).put("count", 3);
    assertThat(scene.replace(events + "/lives", event).at("/series/count").asInt()).isEqualTo(3);
    assertThat(scene.get(scene.core("events") + "/lives").get("message").asString())
        .isEqualTo("first");
    scene.delete(events + "/lives");
    scene.awaitNone(events, "lives");
  }

  @Test
  void eventsAreDeletedTogether(Scene scene) {
    for (var events :
        new String[] {scene.core("events"), scene.group("events.k8s.io/v1", "events")}) {
      scene.create(scene.core("events"), event(scene, "one", "suite: many"));
      scene.create(scene.core("events"), event(scene, "two", "suite: many"));
      scene.create(scene.core("events"), event(scene, "other", "suite: other"));
      scene.delete(events + "?labelSelector=suite%3Dmany");
      assertThat(scene.list(events + "?labelSelector=suite%3Dmany")).isEmpty();
      assertThat(scene.list(events + "?labelSelector=suite%3Dother")).hasSize(1);
      scene.delete(events + "?labelSelector=suite%3Dother");
    }
  }

  private static String event(Scene scene, String name, String label) {
    return """
    {metadata: {name: %s, labels: {%s}}, reason: Test, message: first, type: Normal,
     involvedObject: {kind: Pod, name: a, namespace: %s}}
    """
        .formatted(name, label, scene.namespace());
  }
}
