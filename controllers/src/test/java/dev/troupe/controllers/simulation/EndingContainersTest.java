package dev.troupe.controllers.simulation;

import static dev.troupe.controllers.stage.Fixtures.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.scheduling.SchedulingController;
import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pods on simulated nodes whose containers end by themselves.
class EndingContainersTest {

  private final Stage stage =
      new Stage()
          .with(new SchedulingController())
          .with(new KubeletController())
          .put(new SimulatedNodes(110).describe(1));

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // policy,   command,            after, phase,     state,                    restarts
        "Never,      true,                   0, Succeeded, Completed 0,              0",
        "Never,      false,                  0, Failed,    Error 1,                  0",
        "Never,      sleep 5,                4, Running,   running,                  0",
        "Never,      sleep 5,                5, Succeeded, Completed 0,              0",
        "Never,      exit 7,                 0, Failed,    Error 7,                  0",
        "Never,      sleep 3; exit 2,        3, Failed,    Error 2,                  0",
        "Never,      nginx,               9999, Running,   running,                  0",
        "OnFailure,  sleep 5,                5, Succeeded, Completed 0,              0",
        "OnFailure,  sleep 5; exit 3,        5, Running,   CrashLoopBackOff after 3, 0",
        "OnFailure,  sleep 5; exit 3,       14, Running,   CrashLoopBackOff after 3, 0",
        "OnFailure,  sleep 5; exit 3,       15, Running,   running,                  1",
        "OnFailure,  sleep 5; exit 3,       20, Running,   CrashLoopBackOff after 3, 1",
        "OnFailure,  sleep 5; exit 3,       39, Running,   CrashLoopBackOff after 3, 1",
        "OnFailure,  sleep 5; exit 3,       40, Running,   running,                  2",
        "Always,     sleep 5,                5, Running,   CrashLoopBackOff after 0, 0",
        "Always,     sleep 5,               15, Running,   running,                  1",
        "Always,     sleep 700,            700, Running,   CrashLoopBackOff after 0, 0",
        "Always,     sleep 700,            710, Running,   running,                  1",
        "Always,     sleep 700,           1420, Running,   running,                  2", // recovered
        "Never,      sleep 99999999999999, 999, Running,   running,                  0",
      })
  void endsAndIsStartedAgainByItsPolicy(
      String policy, String command, int after, String phase, String state, int restarts) {
    stage.put(ending(policy, command)).settle().advance(Duration.ofSeconds(after)).settle();

    assertThat(Pods.phase(web())).isEqualTo(phase);
    assertThat(state(main())).isEqualTo(state);
    assertThat(main().getRestartCount()).isEqualTo(restarts);
    assertThat(Pods.isReady(web())).isEqualTo(state.equals("running"));
  }

  @Test
  void backOffGrowsToFiveMinutes() {
    stage.put(ending("Always", "exit 1")).settle();
    var pauses = new ArrayList<Long>();
    var last = stage.now();
    int restarts = 0;
    while (pauses.size() < 8) {
      stage.advance(Duration.ofSeconds(1));
      if (main().getRestartCount() > restarts) {
        restarts = main().getRestartCount();
        pauses.add(Duration.between(last, stage.now()).toSeconds());
        last = stage.now();
      }
    }

    assertThat(pauses).containsExactly(10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
    assertThat(stage.events())
        .contains(
            "BackOff: Back-off restarting failed container main in pod web_default("
                + web().getMetadata().getUid()
                + ")");
  }

  /// The phases of init containers, in order, and what comes of the pod.
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // policy,  init containers,  after, phase,   init states,                          main
        "Always,    sleep 2|sleep 3,      1, Pending, running/PodInitializing,              PodInitializing",
        "Always,    sleep 2|sleep 3,      2, Pending, Completed 0/running,                  PodInitializing",
        "Always,    sleep 2|sleep 3,      5, Running, Completed 0/Completed 0,              running",
        "Always,    prepare|true,         0, Running, Completed 0/Completed 0,              running",
        "Never,     sleep 1; exit 1|true, 1, Failed,  Error 1/PodInitializing,              PodInitializing",
        "OnFailure, exit 1|true,          0, Pending, CrashLoopBackOff after 1/PodInitializing, PodInitializing",
        "OnFailure, exit 1|true,         10, Pending, CrashLoopBackOff after 1/PodInitializing, PodInitializing",
        "Always,    exit 1|true,          0, Pending, CrashLoopBackOff after 1/PodInitializing, PodInitializing",
      })
  void initContainersRunOneAfterTheOther(
      String policy, String init, int after, String phase, String states, String mainState) {
    var pod = new PodBuilder(ending(policy, "nginx"));
    int number = 0;
    for (var command : init.split("\\|")) {
      pod.editSpec().addToInitContainers(container("init-" + number++, command)).endSpec();
    }
    stage.put(pod.build()).settle().advance(Duration.ofSeconds(after)).settle();

    assertThat(Pods.phase(web())).isEqualTo(phase);
    assertThat(
            String.join(
                "/",
                web().getStatus().getInitContainerStatuses().stream()
                    .map(EndingContainersTest::state)
                    .toList()))
        .isEqualTo(states);
    assertThat(state(main())).isEqualTo(mainState);
  }

  @Test
  void sidecarsEndWithTheOthers() {
    var proxy = container("proxy", "nginx");
    proxy.setRestartPolicy("Always");
    var pod = new PodBuilder(ending("Never", "sleep 5"));
    stage.put(pod.editSpec().withInitContainers(proxy).endSpec().build()).settle();
    assertThat(state(web().getStatus().getInitContainerStatuses().getFirst())).isEqualTo("running");

    stage.advance(Duration.ofSeconds(5)).settle();

    assertThat(Pods.phase(web())).isEqualTo("Succeeded");
    assertThat(state(web().getStatus().getInitContainerStatuses().getFirst()))
        .isEqualTo("Completed 0");
  }

  @ParameterizedTest
  @CsvSource({
    // command, deadline, after, phase, reason
    "nginx,    10,         9, Running,   ",
    "nginx,    10,        10, Failed,    DeadlineExceeded",
    "sleep 5,  10,        20, Succeeded, ",
    "sleep 60, 10,        10, Failed,    DeadlineExceeded",
    "nginx,    9223372036854775807, 9999, Running, ",
  })
  void isActiveNoLongerThanItMay(
      String command, long deadline, int after, String phase, @Nullable String reason) {
    var pod = ending("Never", command);
    pod.getSpec().setActiveDeadlineSeconds(deadline);
    stage.put(pod).settle().advance(Duration.ofSeconds(after)).settle();

    assertThat(Pods.phase(web())).isEqualTo(phase);
    assertThat(web().getStatus().getReason()).isEqualTo(reason);
    if (reason != null) {
      assertThat(state(main())).isEqualTo("Error 137");
      assertThat(stage.events())
          .contains(
              "DeadlineExceeded: Pod was active on the node longer than the specified deadline");
    }
  }

  /// What the pod waited for before does not keep it from what comes earlier.
  @Test
  void whatComesSoonerIsNotWaitedForLonger() {
    stage.put(ending("Never", "sleep 3600")).settle().advance(Duration.ofSeconds(10));
    stage.patch(Pod.class, "web", "{'spec':{'activeDeadlineSeconds':15}}").settle();
    stage.advance(Duration.ofSeconds(5)).settle();
    assertThat(Pods.phase(web())).isEqualTo("Failed");

    stage.delete(web());
    stage.put(ending("Never", "sleep 3600")).settle();
    stage.delete(web());
    stage.settle().advance(Duration.ofSeconds(5)).settle();
    assertThat(stage.all(Pod.class)).isEmpty();
  }

  private Pod web() {
    return stage.get(Pod.class, "web");
  }

  private ContainerStatus main() {
    return web().getStatus().getContainerStatuses().getFirst();
  }

  private static String state(ContainerStatus status) {
    var state = status.getState();
    if (state.getRunning() != null) {
      return "running";
    }
    if (state.getTerminated() != null) {
      return state.getTerminated().getReason() + " " + state.getTerminated().getExitCode();
    }
    var last = status.getLastState().getTerminated();
    return state.getWaiting().getReason() + (last == null ? "" : " after " + last.getExitCode());
  }

  private static Pod ending(String policy, String command) {
    return new PodBuilder(pod("web"))
        .editSpec()
        .withRestartPolicy(policy)
        .withContainers(container("main", command))
        .endSpec()
        .build();
  }

  private static Container container(String name, String command) {
    return new ContainerBuilder()
        .withName(name)
        .withImage("busybox:1")
        .withCommand(List.of("sh", "-c", command))
        .build();
  }
}
