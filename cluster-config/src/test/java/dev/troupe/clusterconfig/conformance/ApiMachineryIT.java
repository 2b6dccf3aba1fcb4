package dev.troupe.clusterconfig.conformance;

import static dev.troupe.clusterconfig.conformance.Scene.copy;
import static dev.troupe.clusterconfig.conformance.Scene.name;
import static dev.troupe.clusterconfig.conformance.Scene.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.process.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Rows of the group `sig-api-machinery`.
@ExtendWith(OneServer.class)
class ApiMachineryIT {

  @Test
  void everyGroupPrefersAVersionThatItHas(Scene scene) {
    var groups = scene.get("/apis").get("groups").values();
    assertThat(groups).isNotEmpty();
    for (var group : groups) {
      var name = group.get("name").asString();
      var preferred = group.at("/preferredVersion/groupVersion").asString();
      assertThat(preferred)
          .isEqualTo(name + "/" + group.at("/preferredVersion/version").asString());
      assertThat(group.get("versions").values())
          .extracting(version -> version.get("groupVersion").asString())
          .contains(preferred);
      assertThat(scene.get("/apis/" + name).get("preferredVersion"))
          .isEqualTo(group.get("preferredVersion"));
      assertThat(scene.get("/apis/" + preferred).get("groupVersion").asString())
          .isEqualTo(preferred);
    }
  }

  @Test
  void serverSaysItsVersion(Scene scene) {
    var version = scene.get("/version");
    assertThat(version.get("major").asString()).matches("\\d+");
    assertThat(version.get("minor").asString()).matches("\\d+\\+?");
  }

  @Test
  void unknownAndDoubledFieldsAreFound(Scene scene) {
    var refused =
        scene.refused(
            400,
            scene
                .api()
                .post(
                    scene.apps("deployments") + "?fieldValidation=Strict",
                    """
                    {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"strict"},
                     "spec":{"unknown1":"val1","paused":true,"paused":true,
                      "selector":{"matchLabels":{"app":"a"}},
                      "template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[
                       {"name":"a","image":"a","unknownNested":"val1",
                        "imagePullPolicy":"Always","imagePullPolicy":"Never"}]}}}}
                    """));
    assertThat(refused)
        .contains(
            "strict decoding error",
            "unknown field \"spec.unknown1\"",
            "unknown field \"spec.template.spec.containers[0].unknownNested\"",
            "duplicate field \"spec.paused\"",
            "duplicate field \"spec.template.spec.containers[0].imagePullPolicy\"");
  }

  @Test
  void unknownMetadataIsFound(Scene scene) {
    var body =
        """
        {"apiVersion":"apps/v1","kind":"Deployment",
         "metadata":{"name":"meta","unknownMeta":"foo"},
         "spec":{"selector":{"matchLabels":{"app":"a"}},"template":{
          "metadata":{"labels":{"app":"a"},"unknownDeepMeta":"bar"},
          "spec":{"containers":[{"name":"a","image":"a"}]}}}}
        """;
    assertThat(
            scene.refused(
                400, scene.api().post(scene.apps("deployments") + "?fieldValidation=Strict", body)))
        .contains(
            "unknown field \"metadata.unknownMeta\"",
            "unknown field \"spec.template.metadata.unknownDeepMeta\"");
    var ignored =
        Scene.answered(
            201, scene.api().post(scene.apps("deployments") + "?fieldValidation=Ignore", body));
    assertThat(ignored.at("/metadata/unknownMeta").isMissingNode()).isTrue();
  }

  @Test
  void finalizersOfANamespaceAreSet(Scene scene) {
    var path = "/api/v1/namespaces/" + scene.namespace();
    var namespace = copy(scene.get(path));
    ((ObjectNode) namespace.get("spec"))
        .putArray("finalizers")
        .add("example.com/kept")
        .add("kubernetes");
    assertThat(scene.replace(path + "/finalize", namespace).at("/spec/finalizers").values())
        .extracting(JsonNode::asString)
        .containsExactly("example.com/kept", "kubernetes");
    namespace = copy(scene.get(path));
    ((ObjectNode) namespace.get("spec")).putArray("finalizers").add("kubernetes");
    assertThat(scene.replace(path + "/finalize", namespace).at("/spec/finalizers").size())
        .isEqualTo(1);
  }

  @Test
  void namespacesAreUpdatedAndPatched(Scene scene) {
    var path = "/api/v1/namespaces/" + scene.namespace();
    var namespace = copy(scene.get(path));
    ((ObjectNode) namespace.get("metadata")).withObject("/labels").put("updated", "yes");
    assertThat(scene.replace(path, namespace).at("/metadata/labels/updated").asString())
        .isEqualTo("yes");
    var labels =
        scene
            .strategic(path, "{\"metadata\":{\"labels\":{\"patched\":\"yes\"}}}")
            .at("/metadata/labels");
    assertThat(labels.get("updated").asString()).isEqualTo("yes");
    assertThat(labels.get("patched").asString()).isEqualTo("yes");
  }

  @Test
  void statusOfANamespaceIsChanged(Scene scene) {
    var path = "/api/v1/namespaces/" + scene.namespace() + "/status";
    var condition =
        "{\"type\":\"%s\",\"status\":\"False\",\"reason\":\"E2E\",\"message\":\"set by a test\"}";
    assertThat(
            scene
                .merge(
                    path,
                    "{\"status\":{\"conditions\":[" + condition.formatted("StatusPatch") + "]}}")
                .at("/status/conditions/0/type")
                .asString())
        .isEqualTo("StatusPatch");
    var namespace = copy(scene.get(path));
    var conditions = (ArrayNode) namespace.at("/status/conditions");
    conditions.add(Api.JSON.readTree(condition.formatted("StatusUpdate")));
    assertThat(scene.replace(path, namespace).at("/status/conditions").values())
        .extracting(each -> each.get("type").asString())
        .containsExactly("StatusPatch", "StatusUpdate");
  }

  @Test
  void aNamespaceTakesItsPodsAndServicesAlong(Scene scene) {
    scene.create(scene.core("pods"), Bodies.pod("taken", "{}"));
    scene.create(scene.core("services"), Bodies.service("taken", "app: a"));
    scene.delete("/api/v1/namespaces/" + scene.namespace());
    scene.awaitNone("/api/v1/namespaces", scene.namespace());
    assertThat(scene.list(scene.core("pods"))).isEmpty();
    assertThat(scene.list(scene.core("services"))).isEmpty();
    Scene.in(scene.kubeconfig(), scene.api(), scene.namespace());
    assertThat(scene.list(scene.core("pods"))).isEmpty();
    assertThat(scene.list(scene.core("services"))).isEmpty();
  }

  @Test
  void listsComeInChunks(Scene scene) {
    IntStream.range(0, 40)
        .forEach(i ->
            scene.create(scene.core("configmaps"), Bodies.configMap("chunk-%03d".formatted(i))));
    var selected = scene.core("configmaps") + "?labelSelector=suite%3Dconformance";
    var whole = scene.get(selected);
    var names = new ArrayList<String>();
    var next = "";
    String version = null;
    do {
      var chunk = scene.get(selected + "&limit=17" + (next.isEmpty() ? "" : "&continue=" + next));
      version = version == null ? version(chunk) : version;
      assertThat(version(chunk)).isEqualTo(version);
      chunk.get("items").values().forEach(item -> names.add(name(item)));
      next = chunk.at("/metadata/continue").asString("");
      var remaining = chunk.at("/metadata/remainingItemCount");
      assertThat(remaining.isMissingNode() || remaining.asInt() == 40 - names.size()).isTrue();
    } while (!next.isEmpty());
    assertThat(names)
        .isEqualTo(whole.get("items").values().stream().map(Scene::name).toList())
        .hasSize(40);
  }

  @Test
  void reviewsAreNoTables(Scene scene) {
    scene.refused(
        406,
        scene
            .api()
            .send(
                "POST",
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                """
                {"spec":{"resourceAttributes":{"verb":"get","resource":"pods"}}}
                """,
                "application/json",
                "application/json;as=Table;v=v1;g=meta.k8s.io"));
  }

  @Test
  void watchesBeginWhereTheyAreTold(Scene scene) {
    var maps = scene.core("configmaps");
    var first = scene.create(maps, Bodies.configMap("restarted"));
    var second = scene.merge(maps + "/restarted", "{\"data\":{\"mutation\":\"1\"}}");
    scene.merge(maps + "/restarted", "{\"data\":{\"mutation\":\"2\"}}");
    scene.delete(maps + "/restarted");
    assertThat(scene.events(maps, version(first), 3, ""))
        .extracting(event -> event.get("type").asString())
        .containsExactly("MODIFIED", "MODIFIED", "DELETED");
    var rest = scene.events(maps, version(second), 2, "");
    assertThat(rest)
        .extracting(event -> event.get("type").asString())
        .containsExactly("MODIFIED", "DELETED");
    assertThat(rest.getFirst().at("/object/data/mutation").asString()).isEqualTo("2");
  }

  @Test
  void watchesSeeWhatIsAddedChangedAndDeleted(Scene scene) {
    var maps = scene.core("configmaps");
    var from = version(scene.get(maps));
    for (var label : List.of("a", "b")) {
      scene.create(maps, Bodies.labelled("map-" + label, "watched: " + label));
      scene.merge(maps + "/map-" + label, "{\"data\":{\"mutation\":\"1\"}}");
      scene.delete(maps + "/map-" + label);
    }
    for (var label : List.of("a", "b")) {
      assertThat(scene.events(maps, from, 3, "labelSelector=watched%3D" + label))
          .extracting(event -> event.get("type").asString() + " " + name(event.get("object")))
          .containsExactly("ADDED map-" + label, "MODIFIED map-" + label, "DELETED map-" + label);
    }
    assertThat(scene.events(maps, from, 6, "labelSelector=watched+in+(a,b)")).hasSize(6);
  }

  @Test
  void whatLeavesASelectorIsDeletedForIt(Scene scene) {
    var maps = scene.core("configmaps");
    var first = scene.create(maps, Bodies.labelled("leaver", "watched: first"));
    scene.merge(maps + "/leaver", "{\"metadata\":{\"labels\":{\"watched\":\"second\"}}}");
    scene.merge(maps + "/leaver", "{\"data\":{\"mutation\":\"1\"}}");
    scene.merge(maps + "/leaver", "{\"metadata\":{\"labels\":{\"watched\":\"first\"}}}");
    scene.delete(maps + "/leaver");
    assertThat(scene.events(maps, version(first), 3, "labelSelector=watched%3Dfirst"))
        .extracting(event -> event.get("type").asString())
        .containsExactly("DELETED", "ADDED", "DELETED");
  }

  @Test
  void allWatchersSeeOneOrder(Scene scene) {
    var maps = scene.core("configmaps");
    var versions = new ArrayList<String>();
    versions.add(version(scene.get(maps)));
    for (int i = 0; i < 10; i++) {
      versions.add(version(scene.create(maps, Bodies.configMap("order-" + i))));
      versions.add(version(scene.merge(maps + "/order-" + i, "{\"data\":{\"a\":\"b\"}}")));
      scene.delete(maps + "/order-" + i);
      versions.add(version(scene.get(maps)));
    }
    var all = watched(scene, versions.getFirst(), 30);
    var later =
        IntStream.range(0, 10)
            .mapToObj(i ->
                CompletableFuture.supplyAsync(
                    () -> watched(scene, versions.get(3 * i), 30 - 3 * i)))
            .toList();
    for (int i = 0; i < later.size(); i++) {
      assertThat(later.get(i).join()).isEqualTo(all.subList(3 * i, 30));
    }
  }

  private static List<String> watched(Scene scene, String from, int count) {
    return scene.events(scene.core("configmaps"), from, count, "").stream()
        .map(event -> event.get("type").asString() + " " + version(event.get("object")))
        .toList();
  }
}
