package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import dev.troupe.api.resource.ResourceKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/// Controllers that find no end: none of them costs more than a few rounds a second.
class CirclingTest {

  private final AtomicInteger calls = new AtomicInteger();

  /// A world asks twice each time, and compares.
  private int rounds() {
    return calls.get() / 2;
  }

  @Test
  void timerOfThePastFiresLaterAndLater() {
    try (var world = world((_, _) -> Plan.nothing().timer("past", Duration.ofMinutes(-5)))) {
      world.apply(map()).settle().advance(Duration.ofMinutes(10));

      assertThat(rounds()).isBetween(8, 20);
      assertThat(world.circling("circling")).extracting(ResourceKey::name).containsExactly("main");
      assertThatThrownBy(world::verify).hasMessageContaining("has gone in circles");
    }
  }

  @Test
  void timerOfThePastStaysSlowWhileTheHostRestarts() {
    try (var world = world((_, _) -> Plan.nothing().timer("past", Duration.ZERO))) {
      world.apply(map()).settle().advance(Duration.ofMinutes(10));
      int before = rounds();

      world.crash().advance(Duration.ofMinutes(10));

      assertThat(rounds() - before).isLessThan(before);
    }
  }

  @Test
  void changeIsSeenAtOnceHoweverSlowTheTimerHasBecome() {
    try (var world = world((_, _) -> Plan.nothing().timer("past", Duration.ZERO))) {
      world.apply(map()).settle().advance(Duration.ofMinutes(10));
      int before = rounds();

      world
          .update(
              ConfigMap.class,
              "default",
              "main",
              map -> new ConfigMapBuilder(map).addToData("by", "somebody").build())
          .settle();

      assertThat(rounds()).isGreaterThan(before);
    }
  }

  @Test
  void sensiblePaceIsKept() {
    try (var world = world((_, _) -> Plan.nothing().timer("poll", Duration.ofSeconds(10)))) {
      world.apply(map()).settle().advance(Duration.ofMinutes(10));

      assertThat(rounds()).isBetween(60, 62);
      world.verify();
    }
  }

  @Test
  void timerThatChangesSomethingIsNotSlowedDown() {
    try (var world =
        world((map, view) ->
            count(map, view.now().toString()).timer("beat", Duration.ofMillis(500)))) {
      world.apply(map()).settle().advance(Duration.ofMinutes(1));

      assertThat(rounds()).isGreaterThanOrEqualTo(120);
      assertThat(world.circling("circling")).isEmpty();
    }
  }

  @Test
  void controllerThatChangesItsObjectForEverIsSlowedDown() {
    try (var world =
        world((map, _) -> {
          var before = map.getData() == null ? "0" : map.getData().getOrDefault("count", "0");
          return count(map, Integer.toString(Integer.parseInt(before) + 1));
        })) {
      world.apply(map()).advance(Duration.ofMinutes(1));

      assertThat(rounds()).isBetween(1_000, 1_000 + 60 * 10 + 10);
      assertThat(world.circling("circling")).extracting(ResourceKey::name).containsExactly("main");
    }
  }

  private static Plan count(ConfigMap map, String count) {
    return Plan.nothing()
        .write(
            new Plan.Write.Patch(
                ResourceKey.of(map), "", Map.of("data", Map.of("count", count)), null, null));
  }

  private static ConfigMap map() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("main")
        .endMetadata()
        .build();
  }

  private World world(BiFunction<ConfigMap, View, Plan> decision) {
    return World.of(new Circling(decision, calls));
  }

  /// Counts how often it is asked.
  private record Circling(BiFunction<ConfigMap, View, Plan> decision, AtomicInteger calls)
      implements Controller<ConfigMap> {

    @Override
    public Class<ConfigMap> resource() {
      return ConfigMap.class;
    }

    @Override
    public String name() {
      return "circling";
    }

    @Override
    public Plan reconcile(ConfigMap map, View view, Cause cause) {
      calls.incrementAndGet();
      return decision.apply(map, view);
    }
  }
}
