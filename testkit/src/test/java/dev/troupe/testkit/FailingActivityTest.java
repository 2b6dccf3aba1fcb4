package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Failure;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a controller is told of an activity that fails, and what it can do about it.
class FailingActivityTest {

  record Provision(String id) implements Activity {}

  private static final Provision DATABASE = new Provision("database");

  private final List<Cause> causes = new ArrayList<>();

  /// Gives up after so many failures.
  private final class Provisioning implements Controller<ConfigMap> {

    private final int patience;

    private Provisioning(int patience) {
      this.patience = patience;
    }

    @Override
    public Class<ConfigMap> resource() {
      return ConfigMap.class;
    }

    @Override
    public String name() {
      return "provisioning";
    }

    @Override
    public Plan reconcile(ConfigMap map, View view, Cause cause) {
      if (causes.isEmpty() || !causes.getLast().equals(cause)) {
        causes.add(cause);
      }
      int failures = view.failure(DATABASE).map(Failure.ActivityFailed::attempts).orElse(0);
      if (map.getData().containsKey("given")) {
        return Plan.nothing().waitFor("somebody", "nobody provides it");
      }
      return failures < patience
          ? Plan.nothing().call(DATABASE)
          : Plan.nothing()
              .abandon(DATABASE)
              .apply(new ConfigMapBuilder(map).addToData("given", "up").build());
    }
  }

  @Test
  void eachFailureIsToldWithWhichHowOftenAndWhy() {
    try (var world = World.of(new Provisioning(100))) {
      var failures = new int[] {2};
      world.answer(
          Provision.class,
          _ -> {
            if (failures[0]-- > 0) {
              throw new IllegalStateException("no room, " + failures[0] + " more to come");
            }
            return "there";
          });

      world.apply(map()).settle();

      assertThat(causes)
          .containsExactly(
              new Cause.Started(),
              failed(1, "no room, 1 more to come"),
              failed(2, "no room, 0 more to come"),
              new Cause.Completed(DATABASE, "there"));
      world.expectCall(DATABASE, Times.times(1));
      world.verify();
    }
  }

  @Test
  void howOftenItHasFailedIsKnownAfterACrashAndItCanBeAbandoned() {
    try (var world = World.of(new Provisioning(3))) {
      world.answer(
          Provision.class,
          _ -> {
            throw new IllegalStateException("never");
          });

      world.apply(map()).steps(20).crash().settle();

      assertThat(world.get(ConfigMap.class, "default", "main").orElseThrow().getData())
          .containsEntry("given", "up");
      assertThat(causes).contains(failed(3, "never")).doesNotContain(failed(4, "never"));
      world.expectCall(DATABASE, Times.times(1));
      world.verify();
    }
  }

  private static Cause failed(int attempt, String message) {
    return new Cause.Failed(attempt, new Failure.ActivityFailed(DATABASE, attempt, message));
  }

  private static ConfigMap map() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("main")
        .endMetadata()
        .build();
  }
}
