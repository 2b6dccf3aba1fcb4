package dev.troupe.controllers.simulation;

import static dev.troupe.controllers.stage.Fixtures.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.scheduling.SchedulingController;
import dev.troupe.controllers.simulation.pod.Behaviour;
import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubeletControllerTest {

  private final Stage stage =
      new Stage()
          .with(new SchedulingController())
          .with(new KubeletController())
          .put(new SimulatedNodes(110).describe(1));

  @Test
  void bringsAPodUp() {
    stage.put(pod("web")).settle();

    var pod = web();
    var container = pod.getStatus().getContainerStatuses().getFirst();
    assertThat(Pods.phase(pod)).isEqualTo("Running");
    assertThat(Pods.isReady(pod)).isTrue();
    assertThat(pod.getStatus().getPodIP()).startsWith("10.244.1.");
    assertThat(pod.getStatus().getHostIP()).isEqualTo("172.20.0.1");
    assertThat(pod.getStatus().getStartTime()).isNotNull();
    assertThat(container.getContainerID()).startsWith("simulated://");
    assertThat(container.getReady()).isTrue();
    assertThat(container.getState().getRunning()).isNotNull();
    assertThat(pod.getStatus().getConditions())
        .extracting(c -> c.getType() + "=" + c.getStatus())
        .containsExactlyInAnyOrder(
            "PodReadyToStartContainers=True",
            "Initialized=True",
            "Ready=True",
            "ContainersReady=True",
            "PodScheduled=True");
    assertThat(stage.events())
        .containsExactly(
            "Scheduled: Successfully assigned default/web to node-1",
            "Pulled: Container image \"nginx:1\" already present on machine",
            "Created: Created container: main",
            "Started: Started container main");
  }

  @Test
  void restartsAContainerWhoseImageIsChanged() {
    stage.put(pod("web")).settle();
    var changed =
        new PodBuilder(web())
            .editMetadata()
            .withGeneration(2L)
            .endMetadata()
            .editSpec()
            .editFirstContainer()
            .withImage("nginx:2")
            .endContainer()
            .endSpec()
            .build();
    stage.put(changed).settle();

    var container = web().getStatus().getContainerStatuses().getFirst();
    assertThat(container.getImage()).isEqualTo("nginx:2");
    assertThat(container.getRestartCount()).isEqualTo(1);
    assertThat(container.getLastState().getTerminated().getReason()).isEqualTo("Completed");
    assertThat(web().getStatus().getObservedGeneration()).isEqualTo(2);
    assertThat(stage.events())
        .contains("Killing: Container main definition changed, will be restarted");
  }

  @Test
  void seesAChangeThatDoesNothing() {
    stage.put(pod("web")).settle();
    stage
        .put(new PodBuilder(web()).editMetadata().withGeneration(7L).endMetadata().build())
        .settle();

    assertThat(web().getMetadata().getGeneration()).isGreaterThan(1);
    assertThat(web().getStatus().getObservedGeneration())
        .isEqualTo(web().getMetadata().getGeneration());
    assertThat(web().getStatus().getContainerStatuses().getFirst().getRestartCount()).isZero();
  }

  @Test
  void runsInitContainersFirst() {
    var pod =
        new PodBuilder(pod("web"))
            .editSpec()
            .addNewInitContainer()
            .withName("prepare")
            .withImage("busybox:1")
            .endInitContainer()
            .endSpec()
            .build();
    stage.put(pod).settle();

    assertThat(Pods.isReady(web())).isTrue();
    assertThat(web().getStatus().getInitContainerStatuses().getFirst().getState().getTerminated())
        .isNotNull();
    assertThat(stage.events().indexOf("Started: Started container prepare"))
        .isLessThan(stage.events().indexOf("Started: Started container main"))
        .isPositive();
  }

  @Test
  void givesEveryPodAnAddressOfItsOwn() {
    for (int i = 0; i < 100; i++) {
      stage.put(pod("web-" + i));
    }
    stage.settle();

    var addresses = new HashSet<String>();
    assertThat(stage.all(Pod.class)).allMatch(p -> addresses.add(p.getStatus().getPodIP()));
  }

  @Test
  void knowsTakenAddressesAfterARestart() {
    stage.put(pod("web")).settle();
    var state = new KubeletController().initial();
    var pod = web();
    state.put(Keys.of(pod), pod);
    state.put(stage.get(Node.class, "node-1"));

    for (int i = 0; i < 250; i++) {
      var key = Keys.of(pod("other-" + i));
      assertThat(state.podAddress(key, "node-1")).isNotEqualTo(pod.getStatus().getPodIP());
    }
  }

  @Test
  void stopsAPodThatIsDeleted() {
    stage.put(pod("web")).settle();
    stage.delete(web());
    stage.settle();
    assertThat(stage.all(Pod.class)).hasSize(1);

    stage.advance(Duration.ofSeconds(2));

    assertThat(stage.all(Pod.class)).isEmpty();
    assertThat(stage.events()).contains("Killing: Stopping container main");
  }

  @Test
  void crashesAgainAndAgainWhenAsked() {
    stage.put(failing("crash-loop")).settle();
    stage.advance(Duration.ofSeconds(1));

    var container = web().getStatus().getContainerStatuses().getFirst();
    assertThat(container.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
    assertThat(container.getLastState().getTerminated().getExitCode()).isEqualTo(1);
    assertThat(Pods.phase(web())).isEqualTo("Running");

    stage.advance(Duration.ofSeconds(10));
    assertThat(web().getStatus().getContainerStatuses().getFirst().getRestartCount()).isEqualTo(1);

    stage.advance(Duration.ofMinutes(30));
    assertThat(web().getStatus().getContainerStatuses().getFirst().getRestartCount())
        .isBetween(7, 12);
  }

  @Test
  void completesWhenAsked() {
    var job = failing("exit=0@3s");
    job.getSpec().setRestartPolicy("Never");
    stage.put(job).settle();
    stage.advance(Duration.ofSeconds(2));
    assertThat(Pods.phase(web())).isEqualTo("Running");

    stage.advance(Duration.ofSeconds(1));

    assertThat(Pods.phase(web())).isEqualTo("Succeeded");
    assertThat(Pods.condition(web(), "Ready").orElseThrow().getReason()).isEqualTo("PodCompleted");
  }

  @Test
  void failsToPullWhenAsked() {
    stage.put(failing("image-pull")).settle();
    stage.advance(Duration.ofSeconds(30));

    assertThat(Pods.phase(web())).isEqualTo("Pending");
    assertThat(
            web().getStatus().getContainerStatuses().getFirst().getState().getWaiting().getReason())
        .isEqualTo("ImagePullBackOff");
  }

  @Test
  void isNeverReadyWhenAsked() {
    stage.put(failing("never-ready")).settle();

    assertThat(Pods.phase(web())).isEqualTo("Running");
    assertThat(Pods.isReady(web())).isFalse();
  }

  @Test
  void startsSlowlyWhenAsked() {
    stage.put(failing("slow-start=5s")).settle();
    stage.advance(Duration.ofSeconds(4));
    assertThat(
            web().getStatus().getContainerStatuses().getFirst().getState().getWaiting().getReason())
        .isEqualTo("ContainerCreating");

    stage.advance(Duration.ofSeconds(1));

    assertThat(Pods.isReady(web())).isTrue();
  }

  @Test
  void saysWhatIsWrongWithAnAnnotation() {
    stage.put(failing("explode")).settle();

    assertThat(stage.events()).contains("InvalidSimulation: unknown failure mode \"explode\"");
    assertThat(Pods.isReady(web())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {SimulatedNodes.NOT_READY, SimulatedNodes.UNREACHABLE})
  void startsNothingOnANodeThatFailed(String failure) {
    var failed = failed(failure);
    stage.put(failed).put(pod("web")).settle();
    assertThat(web().getStatus().getStartTime()).isNull();
    assertThat(web().getStatus().getContainerStatuses()).isEmpty();

    failed.getMetadata().getAnnotations().remove(failure);
    stage.put(failed).settle();

    assertThat(Pods.isReady(web())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({SimulatedNodes.NOT_READY + ", true", SimulatedNodes.UNREACHABLE + ", false"})
  void stopsPodsOnANodeThatFailedIfItCanBeReached(String failure, boolean stops) {
    stage.put(pod("web")).settle();
    stage.put(failed(failure)).settle();
    stage.delete(web());
    stage.settle().advance(Duration.ofSeconds(60));

    assertThat(stage.all(Pod.class).isEmpty()).isEqualTo(stops);
  }

  @Test
  void saysAgainThatAPodIsReadyWhenItsNodeIsBack() {
    stage.put(pod("web")).settle();
    stage.put(readiness("Unknown")).settle();
    var unready = web();
    unready.getStatus().getConditions().stream()
        .filter(c -> c.getType().equals("Ready"))
        .forEach(c -> c.setStatus("False"));
    stage.put(unready).settle().advance(Duration.ofMinutes(1));
    assertThat(Pods.isReady(web())).isFalse();

    stage.put(readiness("True")).settle();

    assertThat(Pods.isReady(web())).isTrue();
  }

  private Node readiness(String status) {
    return new NodeBuilder(stage.get(Node.class, "node-1"))
        .editStatus()
        .withConditions(new NodeConditionBuilder().withType("Ready").withStatus(status).build())
        .endStatus()
        .build();
  }

  private Node failed(String failure) {
    return new NodeBuilder(stage.get(Node.class, "node-1"))
        .editMetadata()
        .addToAnnotations(failure, "true")
        .endMetadata()
        .build();
  }

  @Test
  void isReadyWhenItsReadinessGatesAreOpen() {
    var gated =
        new PodBuilder(pod("web"))
            .editSpec()
            .addNewReadinessGate("example.com/gate")
            .endSpec()
            .build();
    stage.put(gated).settle();
    assertThat(ready())
        .isEqualTo(
            "False ReadinessGatesNotReady corresponding condition of pod readiness gate"
                + " \"example.com/gate\" does not exist.");
    assertThat(Pods.condition(web(), "ContainersReady").orElseThrow().getStatus())
        .isEqualTo("True");

    openGate("False");
    assertThat(ready())
        .isEqualTo(
            "False ReadinessGatesNotReady the status of pod readiness gate \"example.com/gate\""
                + " is not \"True\", but False");

    openGate("True");
    assertThat(Pods.isReady(web())).isTrue();

    openGate("False");
    assertThat(Pods.isReady(web())).isFalse();
  }

  private void openGate(String status) {
    var pod = web();
    var conditions = new ArrayList<>(pod.getStatus().getConditions());
    conditions.removeIf(c -> c.getType().equals("example.com/gate"));
    conditions.add(
        new PodConditionBuilder().withType("example.com/gate").withStatus(status).build());
    pod.getStatus().setConditions(conditions);
    stage.put(pod).settle().advance(Duration.ofMinutes(1));
  }

  private String ready() {
    var ready = Pods.condition(web(), "Ready").orElseThrow();
    return ready.getStatus() + " " + ready.getReason() + " " + ready.getMessage();
  }

  private Pod web() {
    return stage.get(Pod.class, "web");
  }

  private static Pod failing(String mode) {
    return new PodBuilder(pod("web"))
        .editMetadata()
        .addToAnnotations(Behaviour.FAIL, mode)
        .endMetadata()
        .build();
  }
}
