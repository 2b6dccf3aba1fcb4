package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.RememberingController;
import dev.troupe.api.controller.View;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A controller's own memory, whatever happens to its host.
class RememberingTest {

  private static final int SCHEDULES = Integer.getInteger("troupe.schedules", 200) / 10;

  record Beats(int count) {}

  record Beat() {}

  /// Counts how often its timer has fired, and nothing else tells it.
  private static final class Counting implements RememberingController<ConfigMap, Beats, Beat> {

    @Override
    public Class<ConfigMap> resource() {
      return ConfigMap.class;
    }

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public Beats initial() {
      return new Beats(0);
    }

    @Override
    public Beats apply(Beats memory, Beat event) {
      return new Beats(memory.count + 1);
    }

    @Override
    public Plan reconcile(ConfigMap map, Beats beats, View view, Cause cause) {
      boolean beat = cause instanceof Cause.TimerFired;
      var plan =
          Plan.nothing().timer("beat" + (beats.count + (beat ? 1 : 0)), Duration.ofMinutes(1));
      return beat ? plan.remember(new Beat()) : plan;
    }
  }

  @Test
  void nothingIsLostOrCountedTwiceWhateverCrashes() {
    for (long seed = 0; seed < SCHEDULES; seed++) {
      try (var world = World.builder().with(new Counting()).seed(seed).start()) {
        world.apply(map()).settle();
        for (int beat = 1; beat <= 10; beat++) {
          world.advance(Duration.ofSeconds(59)).crash().steps(3).secondMember();
          world.settle().advance(Duration.ofSeconds(2)).settle();
        }
        assertThat(memory(world)).as("seed " + seed).isEqualTo("{\"count\":10}");
        world.verify();
      }
    }
  }

  @Test
  void memoryGoesWithItsObject() {
    try (var world = World.of(new Counting())) {
      world.apply(map()).settle().advance(Duration.ofMinutes(3)).settle();
      assertThat(memory(world)).isEqualTo("{\"count\":3}");

      world.delete(map()).apply(map()).settle().advance(Duration.ofMinutes(1)).settle();

      assertThat(memory(world)).isEqualTo("{\"count\":1}");
      world.delete(map()).settle();
      assertThat(world.remembered("counting", key())).isEmpty();
      world.verify();
    }
  }

  private static String memory(World world) {
    return world.remembered("counting", key()).map(ObjectState::memory).orElse("nothing");
  }

  private static ResourceKey key() {
    return new ResourceKey(TypeRef.core("configmaps"), "default", "main");
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
