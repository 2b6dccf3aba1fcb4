package dev.troupe.clusterconfig.conformance;

import static dev.troupe.clusterconfig.conformance.Scene.copy;
import static dev.troupe.clusterconfig.conformance.Scene.name;
import static dev.troupe.clusterconfig.conformance.Scene.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.process.Api;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rows of the group `sig-apps`, and of the garbage collector about deployments.
@ExtendWith(OneServer.class)
class AppsIT {

  @Test
  void setsGoWithTheirDeployment(Scene scene) {
    ready(scene, scene.create(scene.apps("deployments"), Bodies.workload("gone", 2, "")));
    scene.delete(scene.apps("deployments") + "/gone", "{\"propagationPolicy\":\"Background\"}");
    scene.await(scene.apps("replicasets"), sets -> sets.isEmpty());
    scene.await(scene.core("pods"), pods -> pods.isEmpty());
  }

  @Test
  void setsOutliveADeploymentThatOrphansThem(Scene scene) {
    ready(scene, scene.create(scene.apps("deployments"), Bodies.workload("left", 2, "")));
    scene.delete(scene.apps("deployments") + "/left", "{\"propagationPolicy\":\"Orphan\"}");
    scene.awaitNone(scene.apps("deployments"), "left");
    var sets = scene.list(scene.apps("replicasets"));
    assertThat(sets).hasSize(1);
    assertThat(sets.getFirst().at("/metadata/ownerReferences").isMissingNode()).isTrue();
  }

  @Test
  void aCircleOfOwnersGoes(Scene scene) {
    var pods = scene.core("pods");
    var uids =
        Stream.of("a", "b", "c")
            .map(name -> scene.create(pods, Bodies.pod(name, "{}")).at("/metadata/uid").asString())
            .toList();
    for (int i = 0; i < 3; i++) {
      scene.merge(
          pods + "/" + "abc".charAt(i),
          """
          {"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"%s","uid":"%s",
            "controller":true,"blockOwnerDeletion":true}]}}
          """
              .formatted("cab".charAt(i), uids.get((i + 2) % 3)));
    }
    scene.delete(pods + "/a", "{\"gracePeriodSeconds\":0,\"propagationPolicy\":\"Foreground\"}");
    scene.await(pods, Collection::isEmpty);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deployments", "replicasets"})
  void scaleIsASubresource(String plural, Scene scene) {
    ready(scene, plural, scene.create(scene.apps(plural), Bodies.workload("scaled", 1, "")));
    var path = scene.apps(plural) + "/scaled/scale";
    var scale = copy(scene.get(path));
    assertThat(scale.get("kind").asString()).isEqualTo("Scale");
    assertThat(scale.at("/status/replicas").asInt()).isEqualTo(1);
    assertThat(scale.at("/status/selector").asString()).isEqualTo("app=scaled");
    ((ObjectNode) scale.get("spec")).put("replicas", 2);
    // A controller may write the status meanwhile.
    scale.withObject("/metadata").remove("resourceVersion");
    assertThat(scene.replace(path, scale).at("/spec/replicas").asInt()).isEqualTo(2);
    assertThat(scene.get(scene.apps(plural) + "/scaled").at("/spec/replicas").asInt()).isEqualTo(2);
    assertThat(scene.merge(path, "{\"spec\":{\"replicas\":4}}").at("/spec/replicas").asInt())
        .isEqualTo(4);
    scene.awaitOne(
        scene.apps(plural), "scaled", object -> object.at("/status/readyReplicas").asInt(0) == 4);
  }

  @Test
  void recreateEndsTheOldBeforeTheNew(Scene scene) {
    ready(
        scene,
        scene.create(
            scene.apps("deployments"), Bodies.workload("fresh", 2, "strategy: {type: Recreate}")));
    var from = version(scene.get(scene.core("pods")));
    var old = scene.list(scene.core("pods")).stream().map(Scene::name).toList();
    changeImage(scene, "fresh", "main:2");
    scene.awaitOne(
        scene.apps("deployments"),
        "fresh",
        object ->
            object.at("/status/observedGeneration").asInt()
                    == object.at("/metadata/generation").asInt()
                && object.at("/status/updatedReplicas").asInt(0) == 2
                && object.at("/status/readyReplicas").asInt(0) == 2);
    int gone = 0;
    for (var event : scene.watch(scene.core("pods"), from, "")) {
      boolean isOld = old.contains(name(event.get("object")));
      if (isOld && event.get("type").asString().equals("DELETED")) {
        gone++;
      } else if (!isOld) {
        assertThat(gone).as("old pods gone before the first new one").isEqualTo(2);
        return;
      }
    }
    throw new AssertionError("no new pod");
  }

  @Test
  void rollingEndsInTheNew(Scene scene) {
    scene.create(
        scene.apps("replicasets"),
        """
        {metadata: {name: adopted, labels: {app: rolled}, annotations: {deployment.kubernetes.io/revision: '3546343826724305832'}},
         spec: {replicas: 1, selector: {matchLabels: {app: rolled, pod-template-hash: old}},
          template: {metadata: {labels: {app: rolled, pod-template-hash: old}}, spec: {containers: [{name: main, image: 'old:1'}]}}}}
        """);
    scene.awaitOne(
        scene.apps("replicasets"), "adopted", set -> set.at("/status/readyReplicas").asInt(0) == 1);
    ready(scene, scene.create(scene.apps("deployments"), Bodies.workload("rolled", 1, "")));
    scene.awaitOne(
        scene.apps("deployments"),
        "rolled",
        object ->
            object
                .at("/metadata/annotations/deployment.kubernetes.io~1revision")
                .asString("")
                .equals("3546343826724305833"));
    scene.await(
        scene.core("pods"),
        pods ->
            pods.size() == 1
                && pods.iterator()
                    .next()
                    .at("/spec/containers/0/image")
                    .asString()
                    .equals("main:1"));
    var adopted = scene.get(scene.apps("replicasets") + "/adopted");
    assertThat(adopted.at("/spec/replicas").asInt()).isZero();
    assertThat(adopted.at("/metadata/ownerReferences/0/name").asString()).isEqualTo("rolled");
  }

  @Test
  void oldSetsAreDeleted(Scene scene) {
    ready(
        scene,
        scene.create(
            scene.apps("deployments"), Bodies.workload("cleaned", 1, "revisionHistoryLimit: 0")));
    var old = name(scene.list(scene.apps("replicasets")).getFirst());
    changeImage(scene, "cleaned", "main:2");
    scene.await(
        scene.apps("replicasets"),
        sets -> sets.size() == 1 && !name(sets.iterator().next()).equals(old));
  }

  @Test
  void aDeploymentLives(Scene scene) {
    var deployments = scene.apps("deployments");
    ready(scene, scene.create(deployments, Bodies.workload("lives", 1, "")));
    scene.strategic(
        deployments + "/lives",
        """
        {"metadata":{"labels":{"patched":"yes"}},"spec":{"replicas":2,"template":{"spec":{
         "terminationGracePeriodSeconds":0,"containers":[{"name":"main","image":"main:3"}]}}}}
        """);
    var patched = ready(scene, scene.get(deployments + "/lives"));
    assertThat(patched.at("/spec/template/spec/containers").size()).isEqualTo(1);
    assertThat(scene.list("/apis/apps/v1/deployments?labelSelector=patched%3Dyes"))
        .extracting(Scene::name)
        .containsExactly("lives");
    var replaced = copy(scene.get(deployments + "/lives"));
    ((ObjectNode) replaced.at("/metadata/labels")).put("updated", "yes");
    // The last of the old pods may go now, and the controller count it.
    replaced.withObject("/metadata").remove("resourceVersion");
    scene.replace(deployments + "/lives", replaced);
    scene.delete(deployments + "?labelSelector=updated%3Dyes");
    scene.awaitNone(deployments, "lives");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deployments", "replicasets"})
  void statusIsASubresource(String plural, Scene scene) {
    ready(scene, plural, scene.create(scene.apps(plural), Bodies.workload("status", 1, "")));
    var path = scene.apps(plural) + "/status/status";
    var object = copy(scene.get(path));
    var condition =
        Api.JSON.readTree(
            "{\"type\":\"StatusUpdate\",\"status\":\"True\",\"reason\":\"E2E\",\"message\":\"a\"}");
    var status = (ObjectNode) object.get("status");
    status.set("conditions", status.withArray("/conditions").add(condition));
    // A controller that writes the status at the same time would be a conflict, not a failure.
    object.withObject("/metadata").remove("resourceVersion");
    assertThat(types(scene.replace(path, object))).contains("StatusUpdate");
    scene.awaitOne(scene.apps(plural), "status", each -> types(each).contains("StatusUpdate"));
    var patched =
        scene.merge(
            path,
            "{\"status\":{\"conditions\":[{\"type\":\"StatusPatched\",\"status\":\"True\"}]},"
                + "\"spec\":{\"replicas\":7}}");
    assertThat(types(patched)).contains("StatusPatched");
    assertThat(patched.at("/spec/replicas").asInt()).isEqualTo(1);
  }

  @Test
  void aSetIsReplacedAndPatched(Scene scene) {
    var sets = scene.apps("replicasets");
    ready(scene, "replicasets", scene.create(sets, Bodies.workload("set", 1, "")));
    var object = copy(scene.get(sets + "/set"));
    ((ObjectNode) object.get("spec")).put("replicas", 2);
    object.withObject("/metadata").remove("resourceVersion");
    scene.replace(sets + "/set", object);
    ready(scene, "replicasets", scene.get(sets + "/set"));
    scene.strategic(
        sets + "/set",
        """
        {"metadata":{"labels":{"patched":"yes"}},"spec":{"replicas":3,"template":{"spec":{
         "terminationGracePeriodSeconds":0,"containers":[{"name":"main","image":"main:2"}]}}}}
        """);
    var patched = ready(scene, "replicasets", scene.get(sets + "/set"));
    assertThat(patched.at("/metadata/labels/patched").asString()).isEqualTo("yes");
    assertThat(patched.at("/status/replicas").asInt()).isEqualTo(3);
  }

  @Test
  void podsAreAdoptedAndReleased(Scene scene) {
    scene.create(scene.core("pods"), Bodies.pod("orphan", "{}"));
    // Changes of pods and of sets come to a controller each in their own order.
    PodsIT.running(scene, "orphan");
    scene.create(scene.apps("replicasets"), Bodies.workload("orphan", 1, ""));
    var adopted =
        scene.awaitOne(
            scene.core("pods"),
            "orphan",
            pod -> pod.at("/metadata/ownerReferences/0/name").asString("").equals("orphan"));
    assertThat(adopted.at("/metadata/ownerReferences/0/controller").asBoolean()).isTrue();
    assertThat(scene.list(scene.core("pods"))).hasSize(1);
    scene.merge(scene.core("pods") + "/orphan", "{\"metadata\":{\"labels\":{\"app\":\"free\"}}}");
    scene.awaitOne(
        scene.core("pods"), "orphan", pod -> pod.at("/metadata/ownerReferences").isMissingNode());
    scene.await(scene.core("pods") + "?labelSelector=app%3Dorphan", pods -> pods.size() == 1);
  }

  @Test
  void setsAreDeletedTogether(Scene scene) {
    for (var name : List.of("one", "two", "three")) {
      scene.create(scene.apps("replicasets"), Bodies.workload(name, 0, ""));
    }
    assertThat(scene.list(scene.apps("replicasets") + "?labelSelector=suite%3Dconformance"))
        .hasSize(3);
    scene.delete(scene.apps("replicasets") + "?labelSelector=suite%3Dconformance");
    scene.await(scene.apps("replicasets"), sets -> sets.isEmpty());
  }

  private static void changeImage(Scene scene, String deployment, String image) {
    scene.strategic(
        scene.apps("deployments") + "/" + deployment,
        """
        {"spec":{"template":{"spec":{"containers":[{"name":"main","image":"%s"}]}}}}
        """
            .formatted(image));
  }

  private static JsonNode ready(Scene scene, JsonNode deployment) {
    return ready(scene, "deployments", deployment);
  }

  /// Waits until all replicas of what was made are ready.
  private static JsonNode ready(Scene scene, String plural, JsonNode object) {
    return scene.awaitOne(
        scene.apps(plural),
        name(object),
        each ->
            each.at("/status/observedGeneration").asInt(0)
                    >= object.at("/metadata/generation").asInt()
                && each.at("/status/readyReplicas").asInt(0) == each.at("/spec/replicas").asInt()
                && each.at("/status/replicas").asInt(0) == each.at("/spec/replicas").asInt());
  }

  private static List<String> types(JsonNode object) {
    return object.at("/status/conditions").values().stream()
        .map(condition -> condition.get("type").asString())
        .toList();
  }
}
