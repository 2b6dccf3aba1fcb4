package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Plan;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the runtime adds to the status that a controller plans.
class StatusTest {

  record Told(
      int replicas,
      @Nullable Long observedGeneration,
      @Nullable List<DeploymentCondition> conditions) {}

  record Bare(int replicas) {}

  @Test
  void generationAndReadinessAreAddedWhereTheTypeHasThem() {
    var site =
        new Site((web, _) -> {
          int replicas = web.getSpec().getReplicas();
          var plan = Plan.nothing().status(new Told(replicas, null, null));
          return replicas < 2 ? plan.waitFor("replicas", replicas + " of 2") : plan;
        });
    try (var world = World.of(site)) {
      world.apply(WorldScheduleTest.deployment("web", 1)).settle();
      var waiting = web(world);
      assertThat(waiting.getStatus().getObservedGeneration()).isEqualTo(1);
      assertThat(ready(waiting).getStatus()).isEqualTo("False");
      assertThat(ready(waiting).getReason()).isEqualTo("Waiting");
      assertThat(ready(waiting).getMessage()).isEqualTo("replicas: 1 of 2");

      world.advance(Duration.ofMinutes(1));
      world.apply(WorldScheduleTest.deployment("web", 2)).settle();
      var done = web(world);
      assertThat(done.getStatus().getObservedGeneration()).isEqualTo(2);
      assertThat(ready(done).getStatus()).isEqualTo("True");
      assertThat(ready(done).getReason()).isEqualTo("Reconciled");
      assertThat(ready(done).getLastTransitionTime()).isEqualTo("2026-01-01T00:01:00Z");

      world.advance(Duration.ofMinutes(1)).crash().settle();
      assertThat(web(world)).isEqualTo(done);
      world.verify();
    }
  }

  @Test
  void whatItSaysItselfStays() {
    var own = new DeploymentCondition();
    own.setType("Ready");
    own.setStatus("Unknown");
    own.setReason("Own");
    var site = new Site((_, _) -> Plan.nothing().status(new Told(1, 7L, List.of(own))));
    try (var world = World.of(site)) {
      world.apply(WorldScheduleTest.deployment("web", 1)).settle();

      assertThat(web(world).getStatus().getObservedGeneration()).isEqualTo(7);
      assertThat(web(world).getStatus().getConditions())
          .singleElement()
          .satisfies(condition -> assertThat(condition.getReason()).isEqualTo("Own"));
      world.verify();
    }
  }

  @Test
  void typeWithoutThemGetsNone() {
    try (var world = World.of(new Site((_, _) -> Plan.nothing().status(new Bare(1))))) {
      world.apply(WorldScheduleTest.deployment("web", 1)).settle();

      assertThat(web(world).getStatus().getObservedGeneration()).isNull();
      assertThat(web(world).getStatus().getConditions()).isEmpty();
      world.verify();
    }
  }

  private static Deployment web(World world) {
    return world.get(Deployment.class, "default", "web").orElseThrow();
  }

  private static DeploymentCondition ready(Deployment web) {
    return web.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals("Ready"))
        .findFirst()
        .orElseThrow();
  }
}
