package dev.troupe.controllers.eviction;

import static dev.troupe.controllers.stage.Fixtures.node;
import static dev.troupe.controllers.stage.Fixtures.pod;
import static dev.troupe.controllers.stage.Fixtures.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodEvictionControllerTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Stage stage =
      new Stage().with(new PodEvictionController(3)).put(node("node-1", 8, 110));

  /// One line for each toleration, as `key/value/seconds`, of the taint `maint=yes:NoExecute`.
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // tolerations,                             goes after so many seconds; never
        "-,                                          0",
        "maint/yes/-,                                -",
        "maint/no/-,                                 0",
        "other/yes/-,                                0",
        "maint/yes/5,                                5",
        "maint/yes/0,                                0",
        "maint/yes/-7,                               0",
        "maint/yes/- maint/yes/5,                    -", // the first that is about the taint counts
        "maint/yes/20 maint/yes/5,                   20",
        "maint/yes/9223372036854775807,              -",
        "maint/yes/2147483647,                       -",
      })
  void aPodStaysForAsLongAsItBearsTheTaint(@Nullable String tolerations, @Nullable Integer goes) {
    var pod = new PodBuilder(running(pod("web"), "node-1", START));
    if (tolerations != null) {
      pod.editSpec().withTolerations(tolerations(tolerations)).endSpec();
    }
    stage.put(pod.build()).settle();
    taint("maint", "yes");
    stage.settle();

    if (goes == null) {
      stage.advance(Duration.ofDays(3));
      assertThat(isLeaving("web")).isFalse();
      return;
    }
    if (goes > 0) {
      stage.advance(Duration.ofSeconds(goes - 1));
      assertThat(isLeaving("web")).isFalse();
      stage.advance(Duration.ofSeconds(1));
    }
    assertThat(isLeaving("web")).isTrue();
    assertThat(stage.events())
        .containsExactly("TaintManagerEviction: Marking for deletion Pod default/web");
    assertThat(disruption("web"))
        .isEqualTo("True DeletionByTaintManager Taint manager: deleting due to NoExecute taint");
  }

  @Test
  void eachPodGoesInItsTime() {
    for (int seconds : new int[] {5, 25}) {
      stage.put(
          new PodBuilder(running(pod("web-" + seconds), "node-1", START))
              .editSpec()
              .withTolerations(tolerations("maint/yes/" + seconds))
              .endSpec()
              .build());
    }
    stage.settle();
    taint("maint", "yes");
    stage.advance(Duration.ofSeconds(6));
    assertThat(isLeaving("web-5")).isTrue();
    assertThat(isLeaving("web-25")).isFalse();

    stage.advance(Duration.ofSeconds(20));

    assertThat(isLeaving("web-25")).isTrue();
  }

  @Test
  void aTaintThatGoesInTimeEvictsNobody() {
    stage
        .put(
            new PodBuilder(running(pod("web"), "node-1", START))
                .editSpec()
                .withTolerations(tolerations("maint/yes/60"))
                .endSpec()
                .build())
        .settle();
    taint("maint", "yes");
    stage.advance(Duration.ofSeconds(30));
    untaint();
    stage.advance(Duration.ofMinutes(10));
    assertThat(isLeaving("web")).isFalse();

    taint("maint", "yes");
    stage.advance(Duration.ofSeconds(59));
    assertThat(isLeaving("web")).isFalse();
    stage.advance(Duration.ofSeconds(1));
    assertThat(isLeaving("web")).isTrue();
  }

  @Test
  void aPodThatComesToATaintedNodeGoesToo() {
    taint("maint", "yes");
    stage.put(running(pod("web"), "node-1", START)).settle();

    assertThat(isLeaving("web")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"False", "Unknown"})
  void podsOfAFailedNodeAreNotReadyAtOnceAndOnlyOnce(String readiness) {
    readiness("True");
    stage.put(running(pod("web"), "node-1", START)).settle();
    assertThat(Pods.isReady(web())).isTrue();

    readiness(readiness);
    stage.settle();

    assertThat(Pods.isReady(web())).isFalse();
    assertThat(Pods.condition(web(), "Ready").orElseThrow().getLastTransitionTime())
        .isEqualTo(stage.now().toString());
    assertThat(stage.events()).containsExactly("NodeNotReady: Node is not ready");

    // Whoever says otherwise afterwards is believed.
    stage.put(running(web(), "node-1", START)).settle();
    assertThat(Pods.isReady(web())).isTrue();
  }

  @Test
  void podsOfADeletedNodeAreCollectedAfterAWhile() {
    stage.put(running(pod("web"), "node-1", START)).settle();
    stage.delete(stage.get(Node.class, "node-1"));
    stage.settle().advance(Duration.ofSeconds(39));
    assertThat(stage.all(Pod.class)).hasSize(1);

    stage.advance(Duration.ofSeconds(1));

    assertThat(stage.all(Pod.class)).isEmpty();
  }

  @Test
  void whatIsCollectedHasFailedBefore() {
    var held =
        new PodBuilder(running(pod("web"), "gone", START))
            .editMetadata()
            .addToFinalizers("example.com/hold")
            .endMetadata()
            .build();
    stage.put(held).settle().advance(Duration.ofSeconds(40));

    assertThat(Pods.phase(web())).isEqualTo("Failed");
    assertThat(disruption("web")).isEqualTo("True DeletionByPodGC PodGC: node no longer exists");
    assertThat(web().getMetadata().getDeletionGracePeriodSeconds()).isZero();
  }

  @Test
  void podsOfANodeThatComesBackStay() {
    stage.put(running(pod("web"), "node-1", START)).settle();
    stage.delete(stage.get(Node.class, "node-1"));
    stage.settle().advance(Duration.ofSeconds(30));
    stage.put(node("node-1", 8, 110)).settle().advance(Duration.ofMinutes(5));

    assertThat(stage.all(Pod.class)).hasSize(1);
  }

  /// A pod that is being deleted, by where it is.
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // node, ready,   out of service, collected
        "-,      True,    false,          true",
        "node-1, True,    false,          false",
        "node-1, False,   false,          false",
        "node-1, True,    true,           false",
        "node-1, False,   true,           true",
        "node-1, Unknown, true,           true",
      })
  void aDeletedPodIsCollectedWhereNobodyElseWouldStopIt(
      @Nullable String node, String ready, boolean outOfService, boolean collected) {
    readiness(ready);
    if (outOfService) {
      taint("node.kubernetes.io/out-of-service", "NoSchedule", "nodeshutdown");
    }
    var pod =
        new PodBuilder(pod("web"))
            .editMetadata()
            .withDeletionTimestamp(START.plusSeconds(30).toString())
            .withDeletionGracePeriodSeconds(30L)
            .endMetadata()
            .editSpec()
            .withNodeName(node)
            .endSpec()
            .build();
    stage.put(pod).settle();

    assertThat(stage.all(Pod.class).isEmpty()).isEqualTo(collected);
  }

  @Test
  void theOldestOfTooManyEndedPodsAreCollectedAndEvictedOnesFirst() {
    for (int i = 0; i < 3; i++) {
      ended("old-" + i, null);
    }
    assertThat(stage.all(Pod.class)).hasSize(3);

    ended("evicted", "Evicted");
    assertThat(names()).containsExactly("old-0", "old-1", "old-2");

    for (int i = 0; i < 200; i++) {
      end("new-" + i, null);
    }
    stage.settle();

    assertThat(stage.all(Pod.class)).hasSize(3);
    assertThat(names()).noneMatch(name -> name.startsWith("old"));
  }

  private void ended(String name, @Nullable String reason) {
    end(name, reason);
    stage.settle().advance(Duration.ofSeconds(1));
  }

  /// A pod begins as pending.
  private void end(String name, @Nullable String reason) {
    var pod =
        new PodBuilder(pod(name))
            .editSpec()
            .withNodeName("node-1")
            .endSpec()
            .withNewStatus()
            .withPhase("Failed")
            .withReason(reason)
            .endStatus()
            .build();
    stage.put(pod).put(pod);
  }

  private List<String> names() {
    return stage.all(Pod.class).stream().map(pod -> pod.getMetadata().getName()).toList();
  }

  private Pod web() {
    return stage.get(Pod.class, "web");
  }

  /// It may be gone altogether.
  private boolean isLeaving(String name) {
    return stage.all(Pod.class).stream()
        .filter(pod -> pod.getMetadata().getName().equals(name))
        .allMatch(Pods::isTerminating);
  }

  private String disruption(String name) {
    var condition = Pods.condition(stage.get(Pod.class, name), "DisruptionTarget").orElseThrow();
    return condition.getStatus() + " " + condition.getReason() + " " + condition.getMessage();
  }

  private void taint(String key, String value) {
    taint(key, "NoExecute", value);
  }

  private void taint(String key, String effect, String value) {
    stage.put(
        new NodeBuilder(stage.get(Node.class, "node-1"))
            .editSpec()
            .addNewTaint(effect, key, null, value)
            .endSpec()
            .build());
  }

  private void untaint() {
    stage.put(
        new NodeBuilder(stage.get(Node.class, "node-1")).editSpec().withTaints().endSpec().build());
  }

  private void readiness(String status) {
    stage.put(
        new NodeBuilder(stage.get(Node.class, "node-1"))
            .editStatus()
            .withConditions(new NodeConditionBuilder().withType("Ready").withStatus(status).build())
            .endStatus()
            .build());
  }

  private static List<Toleration> tolerations(String text) {
    var tolerations = new ArrayList<Toleration>();
    for (var one : text.split(" ")) {
      var parts = one.split("/");
      tolerations.add(
          new TolerationBuilder()
              .withKey(parts[0])
              .withOperator("Equal")
              .withValue(parts[1])
              .withEffect("NoExecute")
              .withTolerationSeconds(parts[2].equals("-") ? null : Long.valueOf(parts[2]))
              .build());
    }
    return tolerations;
  }
}
