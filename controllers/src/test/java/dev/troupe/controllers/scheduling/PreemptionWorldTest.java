package dev.troupe.controllers.scheduling;

import static dev.troupe.controllers.stage.Fixtures.node;
import static dev.troupe.controllers.stage.Fixtures.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Important pods make others leave.
class PreemptionWorldTest {

  private final Stage stage = new Stage().with(new SchedulingController());

  @Test
  void aPodIsNominatedAndWaitsUntilOthersHaveLeftForIt() {
    stage.put(node("node-1", 4, 110)).put(asking("old", 0, "3")).settle();
    stage.put(asking("high", 1000, "3")).settle();

    var high = stage.get(Pod.class, "high");
    assertThat(high.getStatus().getNominatedNodeName()).isEqualTo("node-1");
    assertThat(message("high")).isEqualTo("0/1 nodes are available: 1 Insufficient cpu.");
    var old = stage.get(Pod.class, "old");
    assertThat(Pods.isTerminating(old)).isTrue();
    var why = Pods.condition(old, "DisruptionTarget").orElseThrow();
    assertThat(why.getReason()).isEqualTo("PreemptionByScheduler");
    assertThat(why.getMessage())
        .isEqualTo("default-scheduler: preempting to accommodate a higher priority pod");
    assertThat(stage.events())
        .contains("Preempted: Preempted by pod " + high.getMetadata().getUid() + " on node node-1");

    // The room is kept for it.
    stage.put(asking("late", 0, "1")).settle().put(asking("small", 0, "500m")).settle();
    assertThat(message("late")).startsWith("0/1 nodes are available: 1 Insufficient cpu.");
    end("old");
    stage.advance(Duration.ofSeconds(15));
    assertThat(nodeOf("high")).isEqualTo("node-1");
    assertThat(nodeOf("late")).isEqualTo("node-1");
    assertThat(nodeOf("small")).isEmpty();
  }

  @Test
  void whoMayNotMakeOthersLeaveWaits() {
    stage.put(node("node-1", 4, 110)).put(asking("old", 0, "3")).settle();
    var polite = asking("polite", 1000, "3");
    polite.getSpec().setPreemptionPolicy("Never");
    stage.put(polite).put(asking("equal", 0, "3")).settle();

    assertThat(Pods.isTerminating(stage.get(Pod.class, "old"))).isFalse();
    assertThat(message("polite"))
        .isEqualTo(
            "0/1 nodes are available: 1 Insufficient cpu."
                + " preemption: not eligible due to preemptionPolicy=Never.");
    assertThat(message("equal"))
        .isEqualTo(
            "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available:"
                + " 1 No preemption victims found for incoming pod.");

    end("old");
    assertThat(nodeOf("polite")).isEqualTo("node-1");
    assertThat(nodeOf("equal")).isEmpty();
  }

  /// Whoever nominated it may have been stopped before the others were told to leave.
  @Test
  void whoIsNominatedAndNotHelpedIsNominatedAgain() {
    var high = asking("high", 1000, "3");
    high = new PodBuilder(high).withNewStatus().withNominatedNodeName("node-1").endStatus().build();
    var old = asking("old", 0, "3");
    old.getSpec().setNodeName("node-1");
    stage.put(node("node-1", 4, 110)).put(old).put(high).settle();

    assertThat(Pods.isTerminating(stage.get(Pod.class, "old"))).isTrue();
    assertThat(stage.get(Pod.class, "high").getStatus().getNominatedNodeName()).isEqualTo("node-1");
  }

  @Test
  void whoIsNotNeededAnyMoreMakesNobodyLeave() {
    stage.put(node("node-1", 4, 110)).put(asking("old", 0, "3")).settle();
    stage.put(asking("high", 1000, "5")).settle();

    assertThat(Pods.isTerminating(stage.get(Pod.class, "old"))).isFalse();
    assertThat(message("high"))
        .isEqualTo(
            "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available:"
                + " 1 Preemption is not helpful for scheduling.");
  }

  private static Pod asking(String name, int priority, String cpu) {
    return pod(
        name,
        "web",
        ("'priority':%d,'containers':"
                + "[{'name':'c','image':'i','resources':{'requests':{'cpu':'%s'}}}]")
            .formatted(priority, cpu));
  }

  private void end(String name) {
    var pod = stage.get(Pod.class, name);
    stage.put(new PodBuilder(pod).withNewStatus().withPhase("Succeeded").endStatus().build());
    stage.settle();
  }

  private String message(String pod) {
    return Pods.condition(stage.get(Pod.class, pod), "PodScheduled").orElseThrow().getMessage();
  }

  private String nodeOf(String pod) {
    return Pods.nodeName(stage.get(Pod.class, pod));
  }
}
