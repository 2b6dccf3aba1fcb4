package dev.troupe.testkit;

import static dev.troupe.testkit.Times.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.testkit.FridgeController.Defrost;
import dev.troupe.testkit.FridgeController.Switch;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What authors do with a world: a kind of one's own, users, faults, and sentences about objects.
class WorldTest {

  private static World world() {
    return World.of(new FridgeController());
  }

  @Test
  void kindNeedsNoDefinition() {
    try (var world = world()) {
      world.apply(Fridge.of("kitchen", 4)).settle();

      assertThat(world.the(Fridge.class, "kitchen").getStatus().compressor()).isEqualTo("on");
      world
          .expect("Fridge/kitchen")
          .exists()
          .has("spec.targetCelsius", 4)
          .has("status.compressor", "on")
          .has("status.since", null)
          .hasTimer("defrost", Duration.ofHours(12))
          .hasNoTimer("party")
          .waitsForNothing();
      world
          .expect("ConfigMap/kitchen-label")
          .isOwnedBy("Fridge/kitchen")
          .has("data.celsius", "4.0");
      world.expect("Fridge/cellar").isGone();
      world.verify();
    }
  }

  @Test
  void crashAndSixHoursLoseNoTimer() {
    try (var world = world()) {
      world.apply(Fridge.of("kitchen", 4)).settle();
      world.advance(Duration.ofHours(6)).crashOwnerOf("Fridge/kitchen").settle();
      world.advance(Duration.ofHours(6)).settle();

      world.expectCall(new Defrost("kitchen2026-01-01T12:00:00Z"), times(1));
      world.expect("Fridge/kitchen").hasEvent("Defrosted", times(1));
      world.verify();
    }
  }

  @Test
  void failingActivityIsRepeatedWithItsKey() {
    try (var world = world().fail(Switch.class, times(3))) {
      world.apply(Fridge.of("kitchen", 4)).steps(40);
      world.expect("Fridge/kitchen").waitsFor("compressor");

      world.settle().expectCall(new Switch("kitchen", true), times(1));
      world.expect("Fridge/kitchen").has("status.compressor", "on");
      world.verify();
    }
  }

  @Test
  void nothingIsLostOrRepeatedWhereAnswersAre() {
    for (long seed = 0; seed < 20; seed++) {
      try (var world =
          World.builder().with(new FridgeController()).seed(seed).start().losingAnswers(0.3)) {
        world.apply(Fridge.of("kitchen", 4)).settle().undisturbed();
        world.delete("Fridge/kitchen").settle().advance(Duration.ofMinutes(10));

        world.expect("Fridge/kitchen").isGone();
        world.expectCall(new Switch("kitchen", true), times(1));
        world.expectCall(new Switch("kitchen", false), times(1));
        world.verify();
      }
    }
  }

  @Test
  void staleViewsAndDelaysChangeNothingInTheEnd() {
    for (long seed = 0; seed < 20; seed++) {
      try (var world = World.builder().with(new FridgeController()).seed(seed).start()) {
        world.delayed(Duration.ofSeconds(2)).lagging(Duration.ofSeconds(5)).losingPositions();
        world.apply(Fridge.of("kitchen", 4)).steps((int) seed).crash().steps(10);
        world.apply(Fridge.of("kitchen", 5)).secondMember().settle();

        assertThat(world.list(ConfigMap.class)).as("seed " + seed).hasSize(1);
        world.expect("ConfigMap/kitchen-label").has("data.celsius", "5.0");
        world.verify();
      }
    }
  }

  @Test
  void manyChangesMayBeSeenAtOnce() {
    try (var world = world().lagging(Duration.ofSeconds(5))) {
      world.apply(Fridge.of("kitchen", 1)).settle();
      for (int celsius = 2; celsius < 9; celsius++) {
        world.apply(Fridge.of("kitchen", celsius));
      }
      world.settle().undisturbed();

      world.expect("ConfigMap/kitchen-label").has("data.celsius", "8.0");
      assertThat(world.history()).contains("data.celsius: 1.0 → 8.0");
      world.verify();
    }
  }

  @Test
  void userMayDoSomethingMeanwhile() {
    try (var world = world()) {
      world.apply(Fridge.of("kitchen", 4)).settle();
      world.meanwhile(user -> user.delete("ConfigMap/kitchen-label"));
      world
          .edit(
              Fridge.class,
              "kitchen",
              fridge -> {
                fridge.setSpec(new Fridge.Spec(6));
                return fridge;
              })
          .settle();

      world.expect("ConfigMap/kitchen-label").has("data.celsius", "6.0");
      world.verify();
    }
  }

  @Test
  void failureTellsTheSeedAndWhatHasHappenedToTheObject() {
    try (var world = World.builder().with(new FridgeController()).seed(7).start()) {
      world.apply(Fridge.of("kitchen", 4)).apply(Fridge.of("cellar", 12)).settle().crash();

      assertThatThrownBy(() -> world.expect("Fridge/kitchen").has("status.compressor", "off"))
          .hasMessageContaining("Fridge/kitchen has status.compressor: \"on\", expected \"off\"")
          .hasMessageContaining("(seed 7)")
          .hasMessageContaining("What has happened to Fridge/kitchen:")
          .hasMessageContaining("00:00:00.000  user test creates Fridge/kitchen")
          .hasMessageContaining("fridge decides about Fridge/kitchen (created): own ConfigMap/")
          .hasMessageContaining("fridge creates ConfigMap/kitchen-label")
          .hasMessageContaining("outside carries out Switch[id=kitchen, on=true]")
          .hasMessageContaining("world crashes all hosts")
          .hasMessageNotContaining("cellar");
    }
  }

  @Test
  void whatIsNotThereIsNamed() {
    try (var world = world()) {
      assertThatThrownBy(() -> world.the(Fridge.class, "attic"))
          .hasMessageContaining("Fridge/attic does not exist");
      assertThatThrownBy(() -> world.expect("Fridge/attic").exists())
          .hasMessageContaining("Fridge/attic does not exist");
      assertThatThrownBy(() -> world.crashOwnerOf("Fridge/attic"))
          .hasMessageContaining("no controller cares for Fridge/attic");
      assertThatThrownBy(() -> world.expect("attic")).hasMessageContaining("write Kind/name");
    }
  }
}
