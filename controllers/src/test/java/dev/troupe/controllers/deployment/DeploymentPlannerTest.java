package dev.troupe.controllers.deployment;

import static dev.troupe.controllers.stage.Fixtures.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Failure;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.refusal.StatusReason;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentPlannerTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void reportsThatAReplicaSetWasRefusedBeforeItTriesAgain() {
    var deployment = deployment("web", 3, "nginx:1");
    deployment.getMetadata().setUid("uid-1");
    var refused = failed(StatusReason.FORBIDDEN, "replicasets.apps is forbidden: exceeded quota");

    var plan = new DeploymentPlanner(deployment, List.of(), NOON, refused).plan();

    assertThat(plan.writes().getFirst()).isInstanceOf(Write.Status.class);
    assertThat(plan.writes().get(1)).isInstanceOf(Write.Own.class);
    var status = (DeploymentStatus) ((Write.Status) plan.writes().getFirst()).status();
    assertThat(status.getConditions())
        .filteredOn(c -> c.getType().equals("Progressing"))
        .singleElement()
        .satisfies(c -> assertThat(c.getReason()).isEqualTo("ReplicaSetCreateError"))
        .satisfies(c -> assertThat(c.getMessage()).endsWith("is forbidden: exceeded quota"));
  }

  @Test
  void doesNotReportAConflict() {
    var deployment = deployment("web", 3, "nginx:1");
    deployment.getMetadata().setUid("uid-1");

    var plan =
        new DeploymentPlanner(
                deployment,
                List.of(),
                NOON,
                failed(StatusReason.CONFLICT, "the object has been modified"))
            .plan();

    assertThat(plan.writes().getFirst()).isInstanceOf(Write.Own.class);
  }

  private static Cause failed(StatusReason reason, String message) {
    return new Cause.Failed(1, new Failure.Refused(reason, message, List.of()));
  }
}
