package dev.troupe.controllers.replicaset;

import static dev.troupe.controllers.stage.Fixtures.pod;
import static dev.troupe.controllers.stage.Fixtures.replicaSet;
import static dev.troupe.controllers.stage.Fixtures.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.Owners;
import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaSetControllerTest {

  private final Stage stage = new Stage().with(new ReplicaSetController());

  @Test
  void createsWhatIsMissing() {
    stage.put(replicaSet("web", 3)).settle();

    assertThat(pods())
        .hasSize(3)
        .allMatch(p -> p.getMetadata().getName().matches("web-[a-z2-9]{5}"));
    assertThat(pods()).allMatch(p -> Owners.controllerOf(p).orElseThrow().getName().equals("web"));
    assertThat(set().getStatus().getReplicas()).isEqualTo(3);
    assertThat(set().getStatus().getFullyLabeledReplicas()).isEqualTo(3);
    assertThat(set().getStatus().getObservedGeneration()).isEqualTo(1);
    assertThat(stage.events())
        .containsExactlyInAnyOrderElementsOf(
            pods().stream().map(p -> "SuccessfulCreate: Created pod: " + name(p)).toList());
  }

  @Test
  void createsManyInBursts() {
    stage.put(replicaSet("web", 1_234)).settle();

    assertThat(pods()).hasSize(1_234);
    assertThat(pods().stream().map(p -> name(p)).distinct()).hasSize(1_234);
  }

  @Test
  void replacesAPodThatIsDeletedAtOnce() {
    stage.put(replicaSet("web", 2)).settle();
    var gone = pods().getFirst();

    stage.delete(gone);
    stage.settle();

    assertThat(pods()).hasSize(2).noneMatch(p -> name(p).equals(name(gone)));
  }

  @Test
  void doesNotCountTerminatingPods() {
    stage.put(replicaSet("web", 2)).settle();
    stage.put(running(pods().getFirst(), "node-1", stage.now())).settle();
    stage.delete(pods().stream().filter(Pods::isReady).findFirst().orElseThrow());
    stage.settle();

    assertThat(pods()).hasSize(3);
    assertThat(set().getStatus().getReplicas()).isEqualTo(2);
    assertThat(set().getStatus().getTerminatingReplicas()).isEqualTo(1);
  }

  @Test
  void givesUpPodsThatDoNotRunBeforeThoseThatDo() {
    stage.put(replicaSet("web", 3)).settle();
    var ready = pods().get(1);
    stage.put(running(ready, "node-1", stage.now())).settle();

    stage.patch(ReplicaSet.class, "web", "{'spec':{'replicas':1}}").settle();

    assertThat(pods()).extracting(ReplicaSetControllerTest::name).containsExactly(name(ready));
    assertThat(stage.events())
        .filteredOn(e -> e.startsWith("SuccessfulDelete: Deleted pod: web-"))
        .hasSize(2);
  }

  @Test
  void adoptsOrphansThatMatch() {
    var orphan =
        new PodBuilder(pod("loner")).editMetadata().addToLabels("app", "web").endMetadata().build();
    stage.apply(orphan).put(replicaSet("web", 1)).settle();

    assertThat(pods())
        .singleElement()
        .satisfies(p -> assertThat(Owners.controls(set(), p)).isTrue());
  }

  @Test
  void releasesPodsThatMatchNoLonger() {
    stage.put(replicaSet("web", 1)).settle();
    var released = pods().getFirst();

    stage.patch(Pod.class, name(released), "{'metadata':{'labels':{'app':'debug'}}}").settle();

    assertThat(pods()).hasSize(2);
    assertThat(Owners.of(stage.get(Pod.class, name(released)))).isEmpty();
    assertThat(pods().stream().filter(p -> "web".equals(Labels.of(p).get("app")))).hasSize(1);
  }

  @Test
  void countsAPodAsAvailableWhenItHasBeenReadyForLongEnough() {
    var set = replicaSet("web", 1);
    set.getSpec().setMinReadySeconds(10);
    stage.put(set).settle();
    stage.put(running(pods().getFirst(), "node-1", stage.now())).settle();

    assertThat(set().getStatus().getReadyReplicas()).isEqualTo(1);
    assertThat(set().getStatus().getAvailableReplicas()).isNull();

    stage.advance(Duration.ofSeconds(10));

    assertThat(set().getStatus().getAvailableReplicas()).isEqualTo(1);
  }

  @Test
  void leavesPodsAloneOnceItIsBeingDeleted() {
    var set = replicaSet("web", 2);
    set.getMetadata().setFinalizers(List.of("example.com/hold"));
    stage.put(set).settle();
    stage.delete(set());
    stage.settle();

    stage.delete(pods().getFirst());
    stage.settle();

    assertThat(pods()).hasSize(1);
  }

  private List<Pod> pods() {
    return stage.all(Pod.class);
  }

  private ReplicaSet set() {
    return stage.get(ReplicaSet.class, "web");
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }
}
