package dev.troupe.controllers;

import static dev.troupe.controllers.stage.Fixtures.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.objects.Nodes;
import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.simulation.SimulatedNodes;
import dev.troupe.testkit.World;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a deployment and its service when a node fails, with all controllers together.
class FailingNodesWorldTest {

  private final World world = WholeCluster.start(1);

  @BeforeEach
  void deploy() {
    world
        .apply(deployment("web", 6, "nginx:1"))
        .apply(
            new ServiceBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .addToSelector("app", "web")
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build())
        .settle();
    assertThat(podsOn("node-1")).hasSize(2);
    assertThat(readyEndpointsOn("node-1")).isEqualTo(2);
  }

  /// It takes the control plane fifty seconds to notice that a node has fallen silent.
  @ParameterizedTest
  @CsvSource({
    SimulatedNodes.NOT_READY + ",   0,  not-ready",
    SimulatedNodes.UNREACHABLE + ", 51, unreachable"
  })
  void podsOfAFailedNodeLeaveTheirServiceAndAreReplaced(String failure, int after, String taint) {
    annotate("node-1", failure, "true");
    world.settle().advance(Duration.ofSeconds(after)).settle();

    assertThat(taints("node-1"))
        .containsExactlyInAnyOrder(
            "node.kubernetes.io/" + taint + ":NoSchedule",
            "node.kubernetes.io/" + taint + ":NoExecute");
    assertThat(podsOn("node-1")).hasSize(2).noneMatch(Pods::isReady);
    assertThat(readyEndpointsOn("node-1")).isZero();

    world.advance(Duration.ofSeconds(290)).settle();
    assertThat(podsOn("node-1")).noneMatch(Pods::isTerminating);

    world.advance(Duration.ofSeconds(20)).settle();
    assertThat(podsOn("node-1")).allMatch(Pods::isTerminating);
    assertThat(readyPods()).isEqualTo(6);
    world.verify();
  }

  @ParameterizedTest
  @CsvSource({SimulatedNodes.NOT_READY, SimulatedNodes.UNREACHABLE})
  void podsOfANodeThatComesBackServeAgain(String failure) {
    annotate("node-1", failure, "true");
    world.settle().advance(Duration.ofMinutes(2)).settle();
    assertThat(readyEndpointsOn("node-1")).isZero();

    annotate("node-1", failure, null);
    world.settle().advance(Duration.ofMinutes(10)).settle();

    assertThat(taints("node-1")).isEmpty();
    assertThat(podsOn("node-1")).hasSize(2).allMatch(Pods::isReady);
    assertThat(readyEndpointsOn("node-1")).isEqualTo(2);
    world.verify();
  }

  /// How long a pod has waited is not forgotten with those who have counted.
  @Test
  void podsOfAFailedNodeLeaveAsEarlyThoughEverybodyRestarts() {
    annotate("node-1", SimulatedNodes.NOT_READY, "true");
    world.settle().advance(Duration.ofSeconds(200)).crash().settle();

    world.advance(Duration.ofSeconds(90)).settle();
    assertThat(podsOn("node-1")).hasSize(2).noneMatch(Pods::isTerminating);

    world.advance(Duration.ofSeconds(20)).settle();
    assertThat(podsOn("node-1")).allMatch(Pods::isTerminating);
    world.verify();
  }

  /// Not even if it is over just when everybody restarts, and the timer with it.
  @Test
  void podsOfAFailedNodeLeaveThoughEverybodyRestartsAtThatMoment() {
    annotate("node-1", SimulatedNodes.NOT_READY, "true");
    world.settle().advance(Duration.ofSeconds(299)).settle();
    for (int i = 0; i < 12; i++) {
      world.advance(Duration.ofMillis(100)).steps(3).crash();
    }

    world.settle().advance(Duration.ofSeconds(20)).settle();
    assertThat(podsOn("node-1")).allMatch(Pods::isTerminating);
    world.verify();
  }

  @Test
  void podsOfADeletedNodeAreReplaced() {
    world.delete(Node.class, "", "node-1").settle().advance(Duration.ofSeconds(60)).settle();

    assertThat(podsOn("node-1")).isEmpty();
    assertThat(readyPods()).isEqualTo(6);
    world.verify();
  }

  private void annotate(String node, String annotation, @Nullable String value) {
    world.update(
        Node.class,
        "",
        node,
        found -> {
          if (value == null) {
            found.getMetadata().getAnnotations().remove(annotation);
          } else {
            found.getMetadata().getAnnotations().put(annotation, value);
          }
          return found;
        });
  }

  private List<String> taints(String node) {
    return Nodes.taints(world.get(Node.class, "", node).orElseThrow()).stream()
        .map(taint -> taint.getKey() + ":" + taint.getEffect())
        .toList();
  }

  private List<Pod> podsOn(String node) {
    return world.list(Pod.class).stream().filter(pod -> Pods.nodeName(pod).equals(node)).toList();
  }

  private long readyPods() {
    return world.list(Pod.class).stream().filter(Pods::isActive).filter(Pods::isReady).count();
  }

  private long readyEndpointsOn(String node) {
    return world.list(EndpointSlice.class).stream()
        .flatMap(slice -> slice.getEndpoints().stream())
        .filter(endpoint -> node.equals(endpoint.getNodeName()))
        .filter(endpoint -> endpoint.getConditions().getReady())
        .count();
  }
}
