package dev.troupe.controllers.deployment;

import static dev.troupe.controllers.stage.Fixtures.deployment;
import static dev.troupe.controllers.stage.Fixtures.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.replicaset.ReplicaSetController;
import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeploymentControllerTest {

  private final Stage stage =
      new Stage().with(new DeploymentController()).with(new ReplicaSetController());

  @Test
  void rollsTheFirstRevisionOut() {
    stage.put(deployment("web", 3, "nginx:1")).settle();
    var set = sets().getFirst();
    var name = set.getMetadata().getName();

    assertThat(name).matches("web-[b-z2-9]{8,10}");
    assertThat(set.getSpec().getSelector().getMatchLabels())
        .containsEntry("pod-template-hash", name.substring(4));
    assertThat(Labels.annotationsOf(set))
        .containsEntry("deployment.kubernetes.io/revision", "1")
        .containsEntry("deployment.kubernetes.io/desired-replicas", "3")
        .containsEntry("deployment.kubernetes.io/max-replicas", "4");
    assertThat(stage.events())
        .contains("ScalingReplicaSet: Scaled up replica set " + name + " from 0 to 3");
    assertThat(condition("Progressing").getReason())
        .isIn("NewReplicaSetCreated", "ReplicaSetUpdated");
    assertThat(condition("Available").getReason()).isEqualTo("MinimumReplicasUnavailable");

    run();

    assertThat(condition("Progressing").getReason()).isEqualTo("NewReplicaSetAvailable");
    assertThat(condition("Progressing").getMessage())
        .isEqualTo("ReplicaSet \"" + name + "\" has successfully progressed.");
    assertThat(condition("Available").getMessage())
        .isEqualTo("Deployment has minimum availability.");
    assertThat(web().getStatus().getAvailableReplicas()).isEqualTo(3);
    assertThat(web().getStatus().getUnavailableReplicas()).isNull();
    assertThat(Labels.annotationsOf(web())).containsEntry("deployment.kubernetes.io/revision", "1");
  }

  @Test
  void takesAnotherNameForASetWhereTheFirstIsSomebodyElses() {
    var deployment = deployment("web", 3, "nginx:1");
    var elsewhere = new Stage().with(new DeploymentController());
    elsewhere.put(deployment("web", 3, "nginx:1")).settle();
    var name = elsewhere.all(ReplicaSet.class).getFirst().getMetadata().getName();
    stage.put(
        new ReplicaSetBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("default")
            .endMetadata()
            .withNewSpec()
            .withReplicas(0)
            .withNewSelector()
            .addToMatchLabels("app", "other")
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .addToLabels("app", "other")
            .endMetadata()
            .endTemplate()
            .endSpec()
            .build());

    stage.put(deployment).settle();
    run();

    assertThat(web().getStatus().getCollisionCount()).isEqualTo(1);
    assertThat(web().getStatus().getAvailableReplicas()).isEqualTo(3);
    assertThat(sets())
        .filteredOn(set -> set.getMetadata().getName().equals(name))
        .singleElement()
        .satisfies(set -> assertThat(set.getMetadata().getOwnerReferences()).isEmpty());
  }

  @Test
  void keepsWithinItsLimitsWhileItReplacesPods() {
    stage.put(deployment("web", 10, "nginx:1")).settle();
    run();
    setImage("nginx:2");
    int rounds = 0;
    while (!isRolledOut() && rounds++ < 100) {
      assertThat(stage.all(Pod.class).stream().filter(Pods::isActive).count())
          .isLessThanOrEqualTo(13);
      assertThat(stage.all(Pod.class).stream().filter(Pods::isReady).count())
          .isGreaterThanOrEqualTo(8);
      runOne();
    }

    assertThat(isRolledOut()).isTrue();
    assertThat(sets()).hasSize(2);
    assertThat(Labels.annotationsOf(web())).containsEntry("deployment.kubernetes.io/revision", "2");
    assertThat(stage.all(Pod.class))
        .filteredOn(Pods::isActive)
        .allMatch(p -> p.getSpec().getContainers().getFirst().getImage().equals("nginx:2"));
  }

  @Test
  void goesBackToAFormerTemplateUnderANewRevision() {
    stage.put(deployment("web", 2, "nginx:1")).settle();
    run();
    var first = sets().getFirst().getMetadata().getName();
    setImage("nginx:2");
    run();
    setImage("nginx:1");
    run();

    var reused = stage.get(ReplicaSet.class, first);
    assertThat(sets()).hasSize(2);
    assertThat(reused.getSpec().getReplicas()).isEqualTo(2);
    assertThat(Labels.annotationsOf(reused))
        .containsEntry("deployment.kubernetes.io/revision", "3")
        .containsEntry("deployment.kubernetes.io/revision-history", "1");
    assertThat(Labels.annotationsOf(web())).containsEntry("deployment.kubernetes.io/revision", "3");
  }

  @Test
  void copiesAnnotationsButNotWhatKubectlApplied() {
    var deployment = deployment("web", 1, "nginx:1");
    deployment
        .getMetadata()
        .setAnnotations(
            new HashMap<>(
                Map.of(
                    "kubernetes.io/change-cause", "first",
                    "kubectl.kubernetes.io/last-applied-configuration", "{}")));
    stage.put(deployment).settle();

    assertThat(Labels.annotationsOf(sets().getFirst()))
        .containsEntry("kubernetes.io/change-cause", "first")
        .doesNotContainKey("kubectl.kubernetes.io/last-applied-configuration");

    stage
        .patch(
            Deployment.class,
            "web",
            "{'metadata':{'annotations':{'kubernetes.io/change-cause':'x'}}}")
        .settle();

    assertThat(Labels.annotationsOf(sets().getFirst()))
        .containsEntry("kubernetes.io/change-cause", "x");
  }

  @Test
  void scalesASingleSetAtOnce() {
    stage.put(deployment("web", 2, "nginx:1")).settle();
    run();
    stage.patch(Deployment.class, "web", "{'spec':{'replicas':5}}").settle();
    run();

    assertThat(web().getStatus().getAvailableReplicas()).isEqualTo(5);
    assertThat(Labels.annotationsOf(sets().getFirst()))
        .containsEntry("deployment.kubernetes.io/desired-replicas", "5");
    assertThat(stage.events())
        .contains(
            "ScalingReplicaSet: Scaled up replica set "
                + sets().getFirst().getMetadata().getName()
                + " from 2 to 5");
  }

  @Test
  void scalesInProportionInTheMiddleOfARollout() {
    stage.put(deployment("web", 10, "nginx:1")).settle();
    run();
    setImage("nginx:2");
    var sizes = sets().stream().map(s -> s.getSpec().getReplicas()).sorted().toList();
    assertThat(sizes).containsExactly(5, 8);

    stage.patch(Deployment.class, "web", "{'spec':{'replicas':20}}").settle();

    assertThat(sets().stream().map(s -> s.getSpec().getReplicas()).sorted())
        .containsExactly(10, 15);
  }

  @Test
  void recreatesOnlyWhenAllOldPodsAreGone() {
    var deployment = deployment("web", 2, "nginx:1");
    deployment.getSpec().setStrategy(new DeploymentStrategy());
    deployment.getSpec().getStrategy().setType("Recreate");
    stage.put(deployment).settle();
    run();
    setImage("nginx:2");

    assertThat(stage.all(Pod.class)).hasSize(2).allMatch(Pods::isTerminating);

    stage.all(Pod.class).forEach(this::finish);
    stage.settle();
    run();

    assertThat(isRolledOut()).isTrue();
    assertThat(stage.all(Pod.class)).hasSize(2);
  }

  @Test
  void doesNotRollOutWhilePaused() {
    stage.put(deployment("web", 2, "nginx:1")).settle();
    run();
    stage.patch(Deployment.class, "web", "{'spec':{'paused':true}}").settle();
    setImage("nginx:2");

    assertThat(sets()).hasSize(1);
    assertThat(condition("Progressing").getReason()).isEqualTo("DeploymentPaused");

    stage.patch(Deployment.class, "web", "{'spec':{'replicas':4}}").settle();
    assertThat(sets().getFirst().getSpec().getReplicas()).isEqualTo(4);

    stage.patch(Deployment.class, "web", "{'spec':{'paused':null}}").settle();
    run();
    assertThat(isRolledOut()).isTrue();
    assertThat(sets()).hasSize(2);
  }

  @Test
  void reportsARolloutThatDoesNotMove() {
    var deployment = deployment("web", 1, "nginx:1");
    deployment.getSpec().setProgressDeadlineSeconds(60);
    stage.put(deployment).settle();
    stage.advance(Duration.ofSeconds(59));
    assertThat(condition("Progressing").getStatus()).isEqualTo("True");

    stage.advance(Duration.ofSeconds(5));

    assertThat(condition("Progressing").getStatus()).isEqualTo("False");
    assertThat(condition("Progressing").getReason()).isEqualTo("ProgressDeadlineExceeded");
    assertThat(condition("Progressing").getMessage()).endsWith("has timed out progressing.");
  }

  @Test
  void looksNoMoreAtWhatWasCompleteOnceItIsScaledBeyondWhatFits() {
    var web = deployment("web", 1, "nginx:1");
    web.getSpec().setProgressDeadlineSeconds(3);
    stage.put(web).settle();
    run();
    stage.advance(Duration.ofSeconds(6));

    stage.patch(Deployment.class, "web", "{'spec':{'replicas':9}}").settle();
    stage.advance(Duration.ofMinutes(5));

    assertThat(condition("Progressing").getReason()).isEqualTo("NewReplicaSetAvailable");
    assertThat(condition("Available").getStatus()).isEqualTo("False");
    assertThat(stage.timers(web())).isEmpty();
  }

  @Test
  void waitsForPodsThatAreNeverLongEnoughReady() {
    var web = deployment("web", 1, "nginx:1");
    web.getSpec().setMinReadySeconds(Integer.MAX_VALUE - 1);
    web.getSpec().setProgressDeadlineSeconds(Integer.MAX_VALUE);
    stage.put(web).settle();
    run();
    stage.advance(Duration.ofDays(300));

    assertThat(web().getStatus().getReadyReplicas()).isEqualTo(1);
    assertThat(web().getStatus().getAvailableReplicas()).isNull();
  }

  @Test
  void keepsOnlyAsManyOldSetsAsItsHistoryAllows() {
    var deployment = deployment("web", 1, "nginx:0");
    deployment.getSpec().setRevisionHistoryLimit(2);
    stage.put(deployment).settle();
    run();
    for (int i = 1; i <= 5; i++) {
      setImage("nginx:" + i);
      run();
    }

    assertThat(sets()).hasSize(3);
    assertThat(sets())
        .extracting(s -> Labels.annotationsOf(s).get("deployment.kubernetes.io/revision"))
        .containsExactlyInAnyOrder("4", "5", "6");
  }

  private void setImage(String image) {
    stage
        .patch(
            Deployment.class,
            "web",
            "{'spec':{'template':{'spec':{'containers':[{'name':'main','image':'"
                + image
                + "'}]}}}}")
        .settle();
  }

  /// Lets every pod run, and end, until nothing moves.
  private void run() {
    for (int i = 0; i < 200 && runOne(); i++) {
      stage.settle();
    }
  }

  private boolean runOne() {
    for (var pod : stage.all(Pod.class)) {
      if (Pods.isTerminating(pod)) {
        finish(pod);
        stage.settle();
        return true;
      }
      if (!Pods.isReady(pod)) {
        stage.put(running(pod, "node-1", stage.now())).settle();
        return true;
      }
    }
    return false;
  }

  private void finish(Pod pod) {
    pod.getMetadata().setDeletionGracePeriodSeconds(0L);
    stage.put(pod);
  }

  private boolean isRolledOut() {
    var status = web().getStatus();
    return Progress.isComplete(web(), status);
  }

  private List<ReplicaSet> sets() {
    return stage.all(ReplicaSet.class);
  }

  private Deployment web() {
    return stage.get(Deployment.class, "web");
  }

  private DeploymentCondition condition(String type) {
    return web().getStatus().getConditions().stream()
        .filter(c -> c.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
