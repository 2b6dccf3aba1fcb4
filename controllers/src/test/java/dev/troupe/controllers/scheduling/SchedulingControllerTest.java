package dev.troupe.controllers.scheduling;

import static dev.troupe.controllers.stage.Fixtures.node;
import static dev.troupe.controllers.stage.Fixtures.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulingControllerTest {

  private final Stage stage = new Stage().with(new SchedulingController());

  @Test
  void bindsAPodAndSaysWhere() {
    stage.put(node("node-1", 4, 110)).put(pod("web")).settle();

    assertThat(nodeOf("web")).isEqualTo("node-1");
    assertThat(stage.events())
        .containsExactly("Scheduled: Successfully assigned default/web to node-1");
  }

  @Test
  void spreadsPodsOverNodes() {
    for (int i = 1; i <= 4; i++) {
      stage.put(node("node-" + i, 32, 110));
    }
    for (int i = 0; i < 40; i++) {
      stage.put(pod("web-" + i));
    }
    stage.settle();

    assertThat(podsByNode().values()).containsOnly(10L);
  }

  @Test
  void saysWhyNoNodeFits() {
    var tainted = node("node-2", 4, 110);
    tainted
        .getSpec()
        .getTaints()
        .add(
            new TaintBuilder()
                .withKey("dedicated")
                .withValue("db")
                .withEffect("NoSchedule")
                .build());
    var closed = node("node-3", 4, 110);
    closed.getSpec().setUnschedulable(true);
    stage.put(node("node-1", 4, 110)).put(tainted).put(closed).put(asking("big", "5")).settle();

    var condition = Pods.condition(stage.get(Pod.class, "big"), "PodScheduled").orElseThrow();
    assertThat(condition.getStatus()).isEqualTo("False");
    assertThat(condition.getReason()).isEqualTo("Unschedulable");
    assertThat(condition.getMessage())
        .isEqualTo(
            "0/3 nodes are available: 1 Insufficient cpu, "
                + "1 node(s) had untolerated taint {dedicated: db}, "
                + "1 node(s) were unschedulable."
                + " preemption: 0/3 nodes are available:"
                + " 3 Preemption is not helpful for scheduling.");
    assertThat(stage.events()).containsExactly("FailedScheduling: " + condition.getMessage());
  }

  @Test
  void saysThatThereAreNoNodes() {
    stage.put(pod("web")).settle();

    assertThat(stage.events())
        .containsExactly("FailedScheduling: no nodes available to schedule pods");
  }

  @Test
  void triesAgainWhenANodeAppears() {
    stage.put(pod("web")).settle();
    stage.put(node("node-1", 4, 110)).settle();

    assertThat(nodeOf("web")).isEqualTo("node-1");
  }

  @Test
  void triesAgainWhenAPodMakesRoom() {
    stage.put(node("node-1", 4, 110)).put(asking("first", "3")).settle();
    stage.put(asking("second", "3")).settle();
    stage.put(asking("third", "3")).settle();
    assertThat(nodeOf("second")).isEmpty();

    end("first");

    assertThat(nodeOf("second")).isEqualTo("node-1");
    assertThat(nodeOf("third")).isEmpty();
  }

  @Test
  void countsPodsAgainstTheNodesLimit() {
    stage.put(node("node-1", 32, 2));
    for (int i = 0; i < 3; i++) {
      stage.put(pod("web-" + i)).settle();
    }

    assertThat(nodeOf("web-2")).isEmpty();
    assertThat(stage.events())
        .contains(
            "FailedScheduling: 0/1 nodes are available: 1 Too many pods. preemption: 0/1 nodes"
                + " are available: 1 No preemption victims found for incoming pod.");
  }

  @Test
  void toleratesTaints() {
    var tainted = node("node-1", 4, 110);
    tainted
        .getSpec()
        .getTaints()
        .add(
            new TaintBuilder()
                .withKey("dedicated")
                .withValue("db")
                .withEffect("NoSchedule")
                .build());
    var tolerant = pod("db");
    tolerant
        .getSpec()
        .getTolerations()
        .add(new TolerationBuilder().withKey("dedicated").withOperator("Exists").build());
    stage.put(tainted).put(tolerant).put(pod("web")).settle();

    assertThat(nodeOf("db")).isEqualTo("node-1");
    assertThat(nodeOf("web")).isEmpty();
  }

  @Test
  void followsSelectorsAndAffinity() {
    var labelled =
        new NodeBuilder(node("node-2", 4, 110))
            .editMetadata()
            .addToLabels("disk", "ssd")
            .endMetadata()
            .build();
    var selecting = pod("selecting");
    selecting.getSpec().setNodeSelector(Map.of("disk", "ssd"));
    var byField =
        new PodBuilder(pod("by-field"))
            .editSpec()
            .withNewAffinity()
            .withNewNodeAffinity()
            .withNewRequiredDuringSchedulingIgnoredDuringExecution()
            .addNewNodeSelectorTerm()
            .addNewMatchField()
            .withKey("metadata.name")
            .withOperator("In")
            .withValues("node-1")
            .endMatchField()
            .endNodeSelectorTerm()
            .endRequiredDuringSchedulingIgnoredDuringExecution()
            .endNodeAffinity()
            .endAffinity()
            .endSpec()
            .build();
    stage.put(node("node-1", 4, 110)).put(labelled).put(selecting).put(byField).settle();

    assertThat(nodeOf("selecting")).isEqualTo("node-2");
    assertThat(nodeOf("by-field")).isEqualTo("node-1");
  }

  @Test
  void leavesGatedPodsAndThoseOfOtherSchedulersAlone() {
    var gated =
        new PodBuilder(pod("gated"))
            .editSpec()
            .addNewSchedulingGate("example.com/wait")
            .endSpec()
            .build();
    var foreign = pod("foreign");
    foreign.getSpec().setSchedulerName("other");
    stage.put(node("node-1", 4, 110)).put(gated).put(foreign).settle();

    assertThat(nodeOf("gated")).isEmpty();
    assertThat(nodeOf("foreign")).isEmpty();
    assertThat(
            Pods.condition(stage.get(Pod.class, "gated"), "PodScheduled").orElseThrow().getReason())
        .isEqualTo("SchedulingGated");

    stage.patch(Pod.class, "gated", "{'spec':{'schedulingGates':null}}").settle();
    assertThat(nodeOf("gated")).isEqualTo("node-1");
  }

  @Test
  void doesNotLookAgainWhenNothingOfConcernChanges() {
    stage.put(node("node-1", 1, 110)).put(asking("big", "5")).settle();
    int before = stage.decisions();

    var node = stage.get(Node.class, "node-1");
    node.getStatus().setPhase("Running");
    stage.put(node).settle();
    stage.advance(Duration.ofHours(1));

    assertThat(stage.decisions()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e308",
        "99999999999Ei",
        "9223372036854775807",
        "1e99999999",
        "1e2147483647",
        "5e-1000001"
      })
  void whatNobodyHasFitsNowhereAndHoldsNobodyUp(String cpu) {
    stage.put(node("node-1", 4, 110)).put(asking("boundless", cpu)).put(asking("after", "4"));
    stage.settle();

    assertThat(nodeOf("boundless")).isEmpty();
    assertThat(nodeOf("after")).isEqualTo("node-1");
  }

  /// Somebody else has put them there; their sums do not fit into numbers.
  @Test
  void roomIsRightAgainWhenBoundlessPodsHaveGone() {
    stage.put(node("node-1", 4, 110)).put(asking("small", "1"));
    stage.settle();
    for (var name : List.of("boundless-1", "boundless-2")) {
      var placed = asking(name, "9223372036854775807");
      placed.getSpec().setNodeName("node-1");
      stage.put(placed);
    }
    stage.put(asking("big", "4")).put(asking("fitting", "3")).settle();
    assertThat(nodeOf("fitting")).isEmpty();

    end("boundless-1");
    assertThat(nodeOf("fitting")).isEmpty();

    end("boundless-2");
    assertThat(nodeOf("fitting")).isEqualTo("node-1");
    assertThat(nodeOf("big")).isEmpty();
  }

  private static Pod asking(String name, String cpu) {
    return new PodBuilder(pod(name))
        .editSpec()
        .editFirstContainer()
        .withNewResources()
        .addToRequests("cpu", new Quantity(cpu))
        .endResources()
        .endContainer()
        .endSpec()
        .build();
  }

  private void end(String name) {
    var pod = stage.get(Pod.class, name);
    stage.put(new PodBuilder(pod).withNewStatus().withPhase("Succeeded").endStatus().build());
    stage.settle();
  }

  private String nodeOf(String pod) {
    return Pods.nodeName(stage.get(Pod.class, pod));
  }

  private Map<String, Long> podsByNode() {
    return stage.all(Pod.class).stream()
        .collect(Collectors.groupingBy(Pods::nodeName, Collectors.counting()));
  }
}
