package dev.troupe.controllers.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.util.List;
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
  void reportsAFailedNode() {
    stage.settle();
    var node = stage.get(Node.class, "node-7");
    node.getMetadata().getAnnotations().put(SimulatedNodes.NOT_READY, "true");
    stage.put(node).settle();
    stage.advance(Duration.ofMinutes(1));

    assertThat(ready().getStatus()).isEqualTo("Unknown");
    assertThat(taints()).containsExactly("node.kubernetes.io/not-ready:NoSchedule");

    node = stage.get(Node.class, "node-7");
    node.getMetadata().getAnnotations().remove(SimulatedNodes.NOT_READY);
    stage.put(node).settle();

    assertThat(ready().getStatus()).isEqualTo("True");
    assertThat(taints()).isEmpty();
  }

  private List<String> taints() {
    return stage.get(Node.class, "node-7").getSpec().getTaints().stream()
        .map(t -> t.getKey() + ":" + t.getEffect())
        .toList();
  }

  private NodeCondition ready() {
    return stage.get(Node.class, "node-7").getStatus().getConditions().stream()
        .filter(c -> c.getType().equals("Ready"))
        .findFirst()
        .orElseThrow();
  }
}
