package dev.troupe.controllers.nodelifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.objects.Nodes;
import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeLifecycleControllerTest {

  private final Stage stage = new Stage().with(new NodeLifecycleController());

  /// A second node keeps the cluster from being failed as a whole.
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "Ready,              True,    false, -",
        "Ready,              False,   false, not-ready:NoSchedule not-ready:NoExecute",
        "Ready,              Unknown, false, unreachable:NoSchedule unreachable:NoExecute",
        "MemoryPressure,     True,    false, memory-pressure:NoSchedule",
        "DiskPressure,       True,    false, disk-pressure:NoSchedule",
        "PIDPressure,        True,    false, pid-pressure:NoSchedule",
        "NetworkUnavailable, True,    false, network-unavailable:NoSchedule",
        "MemoryPressure,     Unknown, false, -",
        "Ready,              True,    true,  unschedulable:NoSchedule",
      })
  void taintsFollowFromConditions(
      String type, String status, boolean unschedulable, String expected) {
    var node =
        new NodeBuilder(node("a", type, status))
            .editSpec()
            .withUnschedulable(unschedulable)
            .addNewTaint("NoExecute", "mine", null, "x")
            .endSpec()
            .build();
    stage.put(ready("other")).put(node).settle();

    var wanted =
        expected == null ? List.<String>of() : Stream.of(expected.split(" ")).map(t -> t).toList();
    assertThat(taints("a")).containsExactlyElementsOf(prefixed("mine:NoExecute", wanted));
  }

  @Test
  void taintsGoWhenTheNodeIsReadyAgain() {
    stage.put(ready("other")).put(node("a", "Ready", "False")).settle();
    assertThat(taints("a")).isNotEmpty();
    assertThat(Nodes.taints(stage.get(Node.class, "a")))
        .allMatch(taint -> taint.getTimeAdded() != null);

    stage.put(with(stage.get(Node.class, "a"), "Ready", "True")).settle();

    assertThat(taints("a")).isEmpty();
  }

  @Test
  void aTaintIsReplacedByItsOpposite() {
    stage.put(ready("other")).put(node("a", "Ready", "False")).settle();
    stage.put(with(stage.get(Node.class, "a"), "Ready", "Unknown")).settle();

    assertThat(taints("a"))
        .containsExactlyInAnyOrderElementsOf(
            prefixed("", List.of("unreachable:NoSchedule", "unreachable:NoExecute")));
  }

  @Test
  void nothingIsKnownOfANodeThatIsSilentForFiftySeconds() {
    stage.put(ready("a")).put(ready("other"));
    lease("other", stage.now());
    stage.settle().advance(Duration.ofSeconds(40));
    lease("other", stage.now());
    stage.settle().advance(Duration.ofSeconds(9));
    assertThat(readiness("a").getStatus()).isEqualTo("True");

    stage.advance(Duration.ofSeconds(1));

    assertThat(readiness("a").getStatus()).isEqualTo("Unknown");
    assertThat(readiness("a").getReason()).isEqualTo("NodeStatusUnknown");
    assertThat(readiness("other").getStatus()).isEqualTo("True");
    assertThat(stage.get(Node.class, "a").getStatus().getConditions())
        .extracting(c -> c.getType() + "=" + c.getStatus())
        .containsExactlyInAnyOrder(
            "Ready=Unknown",
            "MemoryPressure=Unknown",
            "DiskPressure=Unknown",
            "PIDPressure=Unknown");
    assertThat(taints("a"))
        .containsExactlyInAnyOrderElementsOf(
            prefixed("", List.of("unreachable:NoSchedule", "unreachable:NoExecute")));
    assertThat(stage.events()).containsExactly("NodeNotReady: Node a status is now: NodeNotReady");
  }

  /// Clocks differ: what counts is that a lease is renewed, not the time that it says.
  @ParameterizedTest
  @CsvSource({"2000-01-01T00:00:00Z", "2999-01-01T00:00:00Z"})
  void aRenewedLeaseIsASignOfLifeWhateverTimeItSays(Instant time) {
    stage.put(ready("a")).put(ready("other"));
    for (int i = 0; i < 12; i++) {
      lease("a", time.plusSeconds(i));
      stage.settle().advance(Duration.ofSeconds(10));
    }
    assertThat(readiness("a").getStatus()).isEqualTo("True");

    stage.advance(Duration.ofSeconds(41));

    assertThat(readiness("a").getStatus()).isEqualTo("Unknown");
  }

  @Test
  void aNodeThatNeverReportsGetsAMinute() {
    stage.put(new NodeBuilder().withNewMetadata().withName("a").endMetadata().build()).settle();
    stage.advance(Duration.ofSeconds(59));
    assertThat(Nodes.readiness(stage.get(Node.class, "a"))).isEmpty();

    stage.advance(Duration.ofSeconds(1));

    assertThat(readiness("a").getStatus()).isEqualTo("Unknown");
    assertThat(readiness("a").getReason()).isEqualTo("NodeStatusNeverUpdated");
  }

  @ParameterizedTest
  @CsvSource({
    // ready, failed, expelled
    "1, 0, 0",
    "1, 1, 1",
    "0, 1, 0", // nowhere to go
    "0, 5, 0",
    "1, 2, 2", // two are few
    "2, 3, 2", // with the third it is more than half of the zone
    "3, 3, 3",
    "9, 3, 3",
  })
  void podsStayWhereTooMuchHasFailed(int ready, int failed, int expelled) {
    for (int i = 0; i < ready; i++) {
      stage.put(ready("ready-" + i));
    }
    for (int i = 0; i < failed; i++) {
      stage.put(ready("failed-" + i));
    }
    stage.settle();
    for (int i = 0; i < failed; i++) {
      stage.put(with(stage.get(Node.class, "failed-" + i), "Ready", "False")).settle();
    }

    assertThat(stage.all(Node.class))
        .filteredOn(
            node -> Nodes.taints(node).stream().anyMatch(t -> t.getEffect().equals("NoExecute")))
        .hasSize(expelled);
    assertThat(stage.all(Node.class))
        .filteredOn(
            node -> Nodes.taints(node).stream().anyMatch(t -> t.getEffect().equals("NoSchedule")))
        .hasSize(failed);
  }

  private void lease(String node, Instant renewed) {
    stage.put(
        new LeaseBuilder()
            .withNewMetadata()
            .withName(node)
            .withNamespace("kube-node-lease")
            .endMetadata()
            .withNewSpec()
            .withRenewTime(renewed.atZone(ZoneOffset.UTC))
            .endSpec()
            .build());
  }

  private static Node ready(String name) {
    return node(name, "Ready", "True");
  }

  private static Node node(String name, String type, String status) {
    return with(
        new NodeBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withNewSpec()
            .endSpec()
            .build(),
        type,
        status);
  }

  private static Node with(Node node, String type, String status) {
    var condition = new NodeCondition();
    condition.setType(type);
    condition.setStatus(status);
    return new NodeBuilder(node).withNewStatus().withConditions(condition).endStatus().build();
  }

  private NodeCondition readiness(String name) {
    return Nodes.condition(stage.get(Node.class, name), "Ready").orElseThrow();
  }

  private List<String> taints(String name) {
    return Nodes.taints(stage.get(Node.class, name)).stream()
        .map(t -> t.getKey() + ":" + t.getEffect())
        .toList();
  }

  private static List<String> prefixed(String first, List<String> taints) {
    return Stream.concat(
            Stream.of(first).filter(t -> !t.isEmpty()),
            taints.stream().map(t -> "node.kubernetes.io/" + t))
        .toList();
  }
}
