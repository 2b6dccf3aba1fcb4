package dev.troupe.clusterconfig.conformance;

import static dev.troupe.clusterconfig.conformance.PodsIT.running;
import static dev.troupe.clusterconfig.conformance.Scene.copy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

/// Rows about nodes and leases.
@ExtendWith(OneServer.class)
class NodesIT {

  private static final String NODES = "/api/v1/nodes";

  @Test
  void thereAreNodesThatTakeEverything(Scene scene) {
    assertThat(
            scene.list(NODES).stream()
                .filter(node -> node.at("/spec/taints").isMissingNode())
                .filter(node -> node.at("/spec/unschedulable").isMissingNode()))
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void aNodeLives(Scene scene) {
    var name = scene.namespace();
    var created =
        scene.create(
            NODES,
            """
            {metadata: {name: %s, labels: {scene: %s}},
             spec: {unschedulable: true},
             status: {capacity: {cpu: '1'}, allocatable: {cpu: '1'}}}
            """
                .formatted(name, name));
    assertThat(Scene.name(created)).isEqualTo(name);
    scene.merge(NODES + "/" + name, "{\"metadata\":{\"labels\":{\"patched\":\"yes\"}}}");
    var status = copy(scene.get(NODES + "/" + name + "/status"));
    ((ObjectNode) status.get("status"))
        .withArray("/conditions")
        .addObject()
        .put("type", "ByHand")
        .put("status", "True");
    status.withObject("/metadata").remove("resourceVersion");
    assertThat(PodsIT.condition(scene.replace(NODES + "/" + name + "/status", status), "ByHand"))
        .isEqualTo("True");
    assertThat(scene.list(NODES + "?labelSelector=scene%3D" + name)).hasSize(1);
    scene.delete(NODES + "?labelSelector=scene%3D" + name);
    scene.awaitNone(NODES, name);
  }

  @Test
  void aTaintThatIsRemovedEvictsNobody(Scene scene) {
    scene.create(
        scene.core("pods"),
        tolerant(
            "stays",
            "kubernetes.io/hostname: node-3",
            "{key: kept, operator: Exists, effect: NoExecute, tolerationSeconds: 3600}"));
    running(scene, "stays");
    taint(scene, "node-3", "{\"key\":\"kept\",\"effect\":\"NoExecute\"}");
    taint(scene, "node-3", "");
    scene.create(
        scene.core("pods"),
        Bodies.pod("after", "{nodeSelector: {kubernetes.io/hostname: node-3}}"));
    running(scene, "after");
    assertThat(
            scene
                .get(scene.core("pods") + "/stays")
                .at("/metadata/deletionTimestamp")
                .isMissingNode())
        .isTrue();
  }

  @Test
  void aTaintEvictsWhoToleratesItForSoLong(Scene scene) {
    for (var each : List.of("short: 1", "long: 3600")) {
      scene.create(
          scene.core("pods"),
          tolerant(
              each.split(":", 2)[0],
              "kubernetes.io/hostname: node-3",
              "{key: left, operator: Exists, effect: NoExecute, tolerationSeconds:%s}"
                  .formatted(each.split(":", 2)[1])));
    }
    running(scene, "short");
    running(scene, "long");
    try {
      taint(scene, "node-3", "{\"key\":\"left\",\"value\":\"now\",\"effect\":\"NoExecute\"}");
      scene.awaitNone(scene.core("pods"), "short");
      assertThat(
              scene
                  .get(scene.core("pods") + "/long")
                  .at("/metadata/deletionTimestamp")
                  .isMissingNode())
          .isTrue();
    } finally {
      taint(scene, "node-3", "");
    }
  }

  @Test
  void leasesAreKept(Scene scene) {
    var leases = scene.group("coordination.k8s.io/v1", "leases");
    scene.create(
        leases,
        """
        {metadata: {name: held}, spec: {holderIdentity: a, leaseDurationSeconds: 30,
         acquireTime: '2026-01-02T03:04:05.000000Z', renewTime: '2026-01-02T03:04:05.000000Z', leaseTransitions: 0}}
        """);
    var lease = copy(scene.get(leases + "/held"));
    assertThat(lease.at("/spec/acquireTime").asString()).isEqualTo("2026-01-02T03:04:05.000000Z");
    ((ObjectNode) lease.get("spec")).put("holderIdentity", "b").put("leaseTransitions", 1);
    assertThat(scene.replace(leases + "/held", lease).at("/spec/holderIdentity").asString())
        .isEqualTo("b");
    assertThat(
            scene
                .strategic(leases + "/held", "{\"spec\":{\"leaseDurationSeconds\":60}}")
                .at("/spec/leaseDurationSeconds")
                .asInt())
        .isEqualTo(60);
    scene.create(leases, "{metadata: {name: other, labels: {a: b}}}");
    scene.delete(leases + "?labelSelector=a%3Db");
    assertThat(scene.list(leases)).hasSize(1);
    scene.delete(leases + "/held");
    scene.awaitNone(leases, "held");
  }

  private static String tolerant(String name, String selector, String tolerations) {
    return Bodies.pod(
        name,
        "{terminationGracePeriodSeconds: 0, nodeSelector: {%s}, tolerations: [%s]}"
            .formatted(selector, tolerations));
  }

  private static void taint(Scene scene, String node, String taint) {
    scene.merge(NODES + "/" + node, "{\"spec\":{\"taints\":[" + taint + "]}}");
  }
}
