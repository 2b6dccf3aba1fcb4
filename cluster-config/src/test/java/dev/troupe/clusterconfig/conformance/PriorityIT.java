package dev.troupe.clusterconfig.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Rows about priorities, of the group `sig-scheduling`.
@ExtendWith(OneServer.class)
class PriorityIT {

  private static final String CLASSES = "/apis/scheduling.k8s.io/v1/priorityclasses";

  @Test
  void priorityClassesAreObjects(Scene scene) {
    var path = CLASSES + "/" + scene.namespace();
    priority(scene, "", 7);
    scene.merge(path, "{\"description\":\"patched\"}");
    var read = scene.get(path);
    assertThat(read.get("description").asString()).isEqualTo("patched");
    scene.replace(path, read);
    assertThat(scene.refused(422, scene.api().patch(path, "{\"value\":8}")))
        .contains("value", "may not be changed in an update");
    assertThat(scene.list(CLASSES))
        .extracting(Scene::name)
        .contains(scene.namespace(), "system-cluster-critical", "system-node-critical");
    scene.delete(path);
    scene.awaitNone(CLASSES, scene.namespace());
  }

  @Test
  void theImportantTakesThePlaceOfOthers(Scene scene) {
    priority(scene, "-low", 1);
    priority(scene, "-high", 1_000);
    fill(scene, "basic", scene.namespace() + "-low");
    scene.create(scene.core("pods"), wanting("important", "basic", scene.namespace() + "-high"));
    PodsIT.running(scene, "important");
    scene.awaitNone(scene.core("pods"), "filler");
  }

  @Test
  void criticalPodsTakeThePlaceOfOthers(Scene scene) {
    priority(scene, "-low", 1);
    fill(scene, "critical", scene.namespace() + "-low");
    scene.create(scene.core("pods"), wanting("important", "critical", "system-cluster-critical"));
    assertThat(PodsIT.running(scene, "important").at("/spec/priority").asInt())
        .isEqualTo(2_000_000_000);
    scene.awaitNone(scene.core("pods"), "filler");
  }

  @Test
  void setsOfImportantPodsGetTheirPlace(Scene scene) {
    priority(scene, "-low", 1);
    priority(scene, "-high", 1_000);
    offer(scene, "sets");
    set(scene, "less", "sets", "-low");
    ready(scene, "less", 2);
    set(scene, "more", "sets", "-high");
    ready(scene, "more", 2);
    // What was evicted is made again, and waits.
    ready(scene, "less", 0);
  }

  private static void priority(Scene scene, String suffix, int value) {
    scene.create(
        CLASSES, "{metadata: {name: %s%s}, value: %d}".formatted(scene.namespace(), suffix, value));
  }

  /// A pod that takes all of a resource which only one node has.
  private static void fill(Scene scene, String resource, String priority) {
    offer(scene, resource);
    scene.create(scene.core("pods"), wanting("filler", resource, priority));
    PodsIT.running(scene, "filler");
  }

  private static void offer(Scene scene, String resource) {
    scene.merge(
        "/api/v1/nodes/node-1/status",
        "{\"status\":{\"capacity\":{\"example.com/%1$s\":\"2\"},\"allocatable\":{\"example.com/%1$s\":\"2\"}}}"
            .formatted(resource));
  }

  private static String wanting(String name, String resource, String priority) {
    return Bodies.pod(name, demand(resource, 2, priority));
  }

  private static void set(Scene scene, String name, String resource, String suffix) {
    scene.create(
        scene.apps("replicasets"),
        """
        {metadata: {name: %1$s}, spec: {replicas: 2, selector: {matchLabels: {app: %1$s}},
         template: {metadata: {labels: {app: %1$s}}, spec: %2$s}}}
        """
            .formatted(name, demand(resource, 1, scene.namespace() + suffix)));
  }

  private static String demand(String resource, int amount, String priority) {
    return """
    {priorityClassName: %s, terminationGracePeriodSeconds: 0, containers: [{name: main, image: 'main:1',
     resources: {requests: {example.com/%2$s: %3$d}, limits: {example.com/%2$s: %3$d}}}]}
    """
        .formatted(priority, resource, amount)
        .replace("\n", "");
  }

  private static JsonNode ready(Scene scene, String set, int replicas) {
    return scene.awaitOne(
        scene.apps("replicasets"),
        set,
        each -> each.at("/status/readyReplicas").asInt(0) == replicas);
  }
}
