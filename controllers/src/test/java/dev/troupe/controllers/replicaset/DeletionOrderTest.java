package dev.troupe.controllers.replicaset;

import static dev.troupe.controllers.stage.Fixtures.pod;
import static dev.troupe.controllers.stage.Fixtures.replicaSet;
import static dev.troupe.controllers.stage.Fixtures.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.objects.Owners;
import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeletionOrderTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest(name = "{0} before {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # goes first                  | stays                        | each rule before all that follow
          ready=1d cost=9               | node=a phase=Pending         | not assigned
          node=a phase=Pending ready=1d | node=a phase=Unknown         | phase
          node=a phase=Unknown ready=1d | node=a phase=Running         | phase
          node=a cost=9                 | node=a ready=1s cost=1       | not ready
          node=a ready=1d               | node=a ready=1s cost=1       | cost to lose it
          node=b ready=1d cost=-7       | node=crowded ready=1s        | cost to lose it
          node=b ready=1d cost=-1       | node=b ready=1s cost=+5      | a cost that is no number
          node=b ready=1d cost=-1       | node=b ready=1s cost=07      | a cost that is no number
          node=b ready=1d cost=-1       | node=b ready=1s cost=99999999999 | a cost that is no number
          node=crowded ready=1d         | node=b ready=1s restarts=9   | more of them on the node
          node=b ready=1s               | node=b ready=1d restarts=9   | ready for less time
          node=b ready=0s               | node=b ready=1s restarts=9   | ready for less time
          node=b ready=600s restarts=1  | node=b ready=700s            | restarts, if ready for about as long
          node=b ready=1d restarts=2    | node=b ready=1d restarts=1 sidecar=8 | restarts
          node=b ready=1d sidecar=1     | node=b ready=1d created=1s   | restarts of sidecars
          node=b ready=1d created=1s    | node=b ready=1d created=9d   | younger
          node=b ready=1d created=1d name=x | node=b ready=1d created=1d name=y | none but the uid
          """)
  void givesUpWhatCostsLeast(String first, String second, String rule) {
    var crowd =
        List.of(described("node=crowded ready=1d name=1"), described("node=crowded name=2"));
    var goes = described("name=goes " + first);
    var stays = described("name=stays " + second);

    for (var pods : List.of(List.of(goes, stays), List.of(stays, goes))) {
      assertThat(DeletionOrder.first(1, pods, crowd, NOON)).as(rule).containsExactly(goes);
    }
  }

  @Test
  void timesBeyondReasonDoNotHurt() {
    var pods = List.of(running(described("name=a"), "b", Instant.parse("0001-01-01T00:00:00Z")));

    assertThat(DeletionOrder.first(1, pods, pods, NOON)).hasSize(1);
  }

  /// Two pods of the set are alone on their nodes but for those of another set of the deployment.
  @Test
  void crowdsOfTheWholeDeploymentCount() {
    var stage = new Stage().with(new ReplicaSetController());
    stage.put(ofDeployment("other", 3)).put(ofDeployment("web", 2)).settle();
    var others = of(stage, "other");
    IntStream.range(0, 3).forEach(i -> stage.put(running(others.get(i), "crowded", stage.now())));
    // The one of the crowded node would stay longest, if only its own set counted.
    var pods = of(stage, "web");
    stage.put(running(pods.getFirst(), "crowded", stage.now().minus(Duration.ofDays(1))));
    stage.put(running(pods.getLast(), "quiet", stage.now())).settle();

    stage.patch(ReplicaSet.class, "web", "{'spec':{'replicas':1}}").settle();

    assertThat(of(stage, "web"))
        .filteredOn(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .extracting(pod -> pod.getSpec().getNodeName())
        .containsExactly("quiet");
    assertThat(of(stage, "other")).hasSize(3).allMatch(DeletionOrderTest::lives);
  }

  private static boolean lives(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null;
  }

  private static ReplicaSet ofDeployment(String name, int replicas) {
    var set = replicaSet(name, replicas);
    set.getMetadata()
        .setOwnerReferences(
            List.of(
                new OwnerReferenceBuilder()
                    .withApiVersion("apps/v1")
                    .withKind("Deployment")
                    .withName("both")
                    .withUid("uid-of-both")
                    .withController(true)
                    .build()));
    return set;
  }

  private static List<Pod> of(Stage stage, String set) {
    return stage.all(Pod.class).stream()
        .filter(pod -> Owners.controllerOf(pod).orElseThrow().getName().equals(set))
        .toList();
  }

  /// @param text as in `node=a phase=Running ready=1d cost=5 restarts=1 sidecar=1 created=1d
  ///   name=x`
  private static Pod described(String text) {
    Map<String, String> said = new HashMap<>();
    for (var word : text.split(" ")) {
      int end = word.indexOf('=');
      said.put(word.substring(0, end), word.substring(end + 1));
    }
    var pod = pod(said.getOrDefault("name", ""));
    if (said.containsKey("ready")) {
      pod = running(pod, "", NOON.minus(duration(said.get("ready"))));
    }
    return new PodBuilder(pod)
        .editMetadata()
        .withUid("uid-" + said.get("name"))
        .withCreationTimestamp(NOON.minus(duration(said.getOrDefault("created", "1d"))).toString())
        .addToAnnotations(
            "controller.kubernetes.io/pod-deletion-cost", said.getOrDefault("cost", "0"))
        .endMetadata()
        .editSpec()
        .withNodeName(said.get("node"))
        .withInitContainers(
            new ContainerBuilder().withName("side").withRestartPolicy("Always").build(),
            new ContainerBuilder().withName("init").build())
        .endSpec()
        .editOrNewStatus()
        .withPhase(said.getOrDefault("phase", "Running"))
        .withContainerStatuses(restarted("main", said.getOrDefault("restarts", "0")))
        .withInitContainerStatuses(
            restarted("side", said.getOrDefault("sidecar", "0")), restarted("init", "50"))
        .endStatus()
        .build();
  }

  private static ContainerStatus restarted(String name, String count) {
    return new ContainerStatusBuilder()
        .withName(name)
        .withRestartCount(Integer.parseInt(count))
        .build();
  }

  private static Duration duration(String text) {
    return Duration.parse(text.endsWith("d") ? "P" + text.toUpperCase(Locale.ROOT) : "PT" + text);
  }
}
