package dev.troupe.controllers.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeHeartbeatControllerTest {

  private final Stage stage =
      new Stage().with(new NodeHeartbeatController()).put(new SimulatedNodes(110).describe(7));

  @Test
  void describesNodesByTheirNumber() {
    var node = new SimulatedNodes(110).describe(300);

    assertThat(node.getMetadata().getName()).isEqualTo("node-300");
    assertThat(node.getSpec().getPodCIDR()).isEqualTo("10.245.44.0/24");
    assertThat(node.getStatus().getAllocatable()).containsEntry("pods", new Quantity("110"));
    assertThat(new SimulatedNodes(1_000).describe(1).getSpec().getPodCIDR())
        .isEqualTo("10.244.8.0/21");
  }

  @Test
  void reportsThatTheNodeWorks() {
    stage.settle();

    assertThat(ready().getStatus()).isEqualTo("True");
    assertThat(ready().getReason()).isEqualTo("KubeletReady");
    var lease = stage.get(Lease.class, "node-7");
    assertThat(lease.getMetadata().getNamespace()).isEqualTo("kube-node-lease");
    assertThat(lease.getSpec().getRenewTime().toInstant()).isEqualTo(stage.now());
  }

  @Test
  void renewsTheLeaseEveryTenSecondsAndTheConditionsEveryFewMinutes() {
    stage.settle();
    var reported = ready().getLastHeartbeatTime();

    stage.advance(Duration.ofSeconds(60));

    assertThat(stage.get(Lease.class, "node-7").getSpec().getRenewTime().toInstant())
        .isEqualTo(stage.now());
    assertThat(ready().getLastHeartbeatTime()).isEqualTo(reported);

    stage.advance(Duration.ofMinutes(5));
    assertThat(ready().getLastHeartbeatTime()).isNotEqualTo(reported);
  }

  @Test
  void saysThatTheNodeIsNotReadyWhenAsked() {
    stage.settle();
    annotate(SimulatedNodes.NOT_READY);
    stage.settle().advance(Duration.ofSeconds(60));

    assertThat(ready().getStatus()).isEqualTo("False");
    assertThat(ready().getReason()).isEqualTo("KubeletNotReady");
    assertThat(lease()).isEqualTo(stage.now());

    leaveOut(SimulatedNodes.NOT_READY);
    stage.settle();

    assertThat(ready().getStatus()).isEqualTo("True");
    assertThat(stage.events())
        .containsExactly(
            "NodeNotReady: Node node-7 status is now: NodeNotReady",
            "NodeReady: Node node-7 status is now: NodeReady");
  }

  @Test
  void fallsSilentWhenAsked() {
    stage.settle();
    var renewed = lease();
    annotate(SimulatedNodes.UNREACHABLE);
    stage.settle().advance(Duration.ofMinutes(10));

    assertThat(ready().getStatus()).isEqualTo("True");
    assertThat(lease()).isEqualTo(renewed);

    leaveOut(SimulatedNodes.UNREACHABLE);
    stage.settle();

    assertThat(lease()).isEqualTo(stage.now());
  }

  private Instant lease() {
    return stage.get(Lease.class, "node-7").getSpec().getRenewTime().toInstant();
  }

  private void annotate(String annotation) {
    var node = stage.get(Node.class, "node-7");
    node.getMetadata().getAnnotations().put(annotation, "true");
    stage.put(node);
  }

  private void leaveOut(String annotation) {
    var node = stage.get(Node.class, "node-7");
    node.getMetadata().getAnnotations().remove(annotation);
    stage.put(node);
  }

  private NodeCondition ready() {
    return stage.get(Node.class, "node-7").getStatus().getConditions().stream()
        .filter(c -> c.getType().equals("Ready"))
        .findFirst()
        .orElseThrow();
  }
}
