package dev.troupe.controllers.scheduling;

import static dev.troupe.controllers.stage.Fixtures.node;
import static dev.troupe.controllers.stage.Fixtures.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// Pods to which it matters who else is where wait until it is right.
class SchedulingAmongPodsTest {

  private static final String REQUIRED =
      "{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'kubernetes.io/hostname',"
          + "'labelSelector':{'matchLabels':{'app':'%s'}}}]}";
  private static final String FAR = "'affinity':{'podAntiAffinity':" + REQUIRED + "}";
  private static final String NEAR = "'affinity':{'podAffinity':" + REQUIRED + "}";
  private static final String SPREAD =
      "'topologySpreadConstraints':[{'topologyKey':'kubernetes.io/hostname','maxSkew':1,"
          + "'whenUnsatisfiable':'DoNotSchedule','labelSelector':{'matchLabels':{'app':'web'}}}]";

  private final Stage stage = new Stage().with(new SchedulingController());

  @Test
  void podsThatShunEachOtherGetANodeEachAndTheOthersWait() {
    stage.put(host("node-1", 110)).put(host("node-2", 110));
    putMany(5, "web", FAR.formatted("web"));

    assertThat(placed()).hasSize(2);
    assertThat(placed()).extracting(Pods::nodeName).doesNotHaveDuplicates();
    assertThat(reasons())
        .containsOnly("0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.");

    end(placed().getFirst());
    assertThat(placed()).hasSize(2);

    stage.put(host("node-3", 110)).advance(Duration.ofSeconds(1));
    assertThat(placed()).hasSize(3);
  }

  @Test
  void allFollowThePodThatTheyWaitFor() {
    stage.put(host("node-1", 110)).put(host("node-2", 110));
    putMany(20, "web", NEAR.formatted("db"));
    assertThat(placed()).isEmpty();

    stage.put(pod("db", "db", "'nodeName':'node-2'")).settle();

    assertThat(placed()).hasSize(21).extracting(Pods::nodeName).containsOnly("node-2");
  }

  @Test
  void placesStayEvenWhileOneOfThemIsFull() {
    stage.put(host("node-1", 1)).put(host("node-2", 110));
    putMany(5, "web", SPREAD);

    assertThat(placed()).hasSize(3);
    assertThat(reasons())
        .containsOnly(
            "0/2 nodes are available: 1 Too many pods, "
                + "1 node(s) didn't match pod topology spread constraints.");

    stage.put(host("node-1", 110)).settle();
    assertThat(placed()).hasSize(5);
  }

  @Test
  void whoIsShunnedByAnotherWaitsUntilThatOneIsGone() {
    stage.put(host("node-1", 110)).put(pod("shy", "shy", FAR.formatted("web"))).settle();
    putMany(3, "web", "");
    assertThat(placed()).extracting(pod -> pod.getMetadata().getName()).containsExactly("shy");
    assertThat(reasons())
        .containsOnly(
            "0/1 nodes are available: "
                + "1 node(s) didn't satisfy existing pods anti-affinity rules.");

    end(placed().getFirst());

    assertThat(placed()).hasSize(3);
  }

  @Test
  void labelsOfNamespacesCount() {
    var far =
        FAR.formatted("web")
            .replace(
                "'labelSelector'",
                "'namespaceSelector':{'matchLabels':" + "{'shy':'yes'}},'labelSelector'");
    stage.put(namespace("yes")).put(host("node-1", 110)).put(pod("web-0", "web", ""));
    stage.settle().put(pod("web-1", "web", far)).settle();
    assertThat(placed()).hasSize(1);

    stage.put(namespace("no")).settle();

    assertThat(placed()).hasSize(2);
  }

  @Test
  void labelsOfPodsCountAsTheyAreNow() {
    stage.put(host("node-1", 110)).put(pod("web-0", "web", "")).settle();
    stage.put(pod("web-1", "web", FAR.formatted("web"))).settle();
    assertThat(placed()).hasSize(1);

    stage.patch(Pod.class, "web-0", "{'metadata':{'labels':{'app':'other'}}}").settle();

    assertThat(placed()).hasSize(2);
  }

  /// Every pod that comes might help, and none does.
  @Test
  void whatIsTriedInVainAgainAndAgainRests() {
    stage.put(host("node-1", 1000)).put(host("node-2", 0));
    putMany(30, "web", SPREAD);
    int before = stage.decisions();

    for (int i = 0; i < 60; i++) {
      stage.put(pod("more-" + i, "web", "'nodeName':'node-1'")).advance(Duration.ofMillis(100));
    }

    assertThat(stage.decisions() - before).isLessThan(15);
    assertThat(placed()).hasSize(61);

    stage.put(host("node-2", 1000)).advance(Duration.ofSeconds(11));
    assertThat(placed()).hasSize(90);
  }

  private void putMany(int count, String app, String spec) {
    for (int i = 0; i < count; i++) {
      stage.put(pod(app + "-" + i, app, spec)).settle();
    }
  }

  private void end(Pod pod) {
    stage.put(new PodBuilder(pod).withNewStatus().withPhase("Succeeded").endStatus().build());
    stage.settle();
  }

  private List<Pod> placed() {
    return pods(pod -> !Pods.nodeName(pod).isEmpty() && Pods.isActive(pod));
  }

  private List<Pod> pods(Predicate<Pod> which) {
    return stage.all(Pod.class).stream().filter(which).toList();
  }

  /// Without what preemption says, as it does not help.
  private List<String> reasons() {
    return pods(pod -> Pods.nodeName(pod).isEmpty()).stream()
        .map(pod -> Pods.condition(pod, "PodScheduled").orElseThrow().getMessage())
        .map(message -> message.replaceFirst(" preemption: .*", ""))
        .toList();
  }

  private static Namespace namespace(String shy) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName("default")
        .addToLabels("shy", shy)
        .endMetadata()
        .build();
  }

  private static Node host(String name, int pods) {
    var node = node(name, 32, pods);
    node.getMetadata().getLabels().put("kubernetes.io/hostname", name);
    return node;
  }
}
