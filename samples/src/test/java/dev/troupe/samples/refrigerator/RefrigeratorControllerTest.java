package dev.troupe.samples.refrigerator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.Times;
import dev.troupe.testkit.World;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Cooling, crashing and defrosting in virtual time.
class RefrigeratorControllerTest {

  private static final String KITCHEN = "Refrigerator/kitchen";

  private static World world() {
    return World.of(new RefrigeratorController(), new ThermometerController());
  }

  private static Refrigerator fridge(double target, boolean open) {
    var fridge = new Refrigerator();
    fridge.setMetadata(
        new ObjectMetaBuilder().withNamespace("default").withName("kitchen").build());
    fridge.setSpec(new Refrigerator.Spec(target, open));
    return fridge;
  }

  private static Thermometer thermometer() {
    var thermometer = new Thermometer();
    thermometer.setMetadata(
        new ObjectMetaBuilder().withNamespace("default").withName("kitchen").build());
    thermometer.setSpec(new Thermometer.Spec(20));
    return thermometer;
  }

  private static Refrigerator.Status status(World world) {
    return world.get(Refrigerator.class, "default", "kitchen").orElseThrow().getStatus();
  }

  @Test
  void coolsUntilItIsColdEnoughAndSaysWhatItWaitsFor() {
    try (var world = world()) {
      world.apply(thermometer()).apply(fridge(4, false)).settle();
      assertThat(status(world)).isEqualTo(new Refrigerator.Status(20, true, false));
      assertThat(world.waits(fridge(4, false)))
          .singleElement()
          .satisfies(wait -> assertThat(wait.explanation()).isEqualTo("20.0 °C, wanted 4.0 °C"));

      world.advance(Duration.ofMinutes(10)).settle();

      assertThat(status(world).celsius()).isBetween(1.0, 7.0);
      world.verify();
    }
  }

  @Test
  void isDefrostedOnceThoughItsMemberCrashed() {
    try (var world = world()) {
      world.apply(fridge(4, false)).settle();
      var due = world.now().plus(RefrigeratorController.DEFROST).toString();

      world.advance(Duration.ofHours(6)).crashOwnerOf(KITCHEN).settle();
      world.advance(Duration.ofHours(6)).settle();

      world.expectCall(new Defrost("kitchen", due), Times.times(1));
      world.verify();
    }
  }

  @Test
  void lightIsOnWhileTheDoorIsOpen() {
    try (var world = world()) {
      world.apply(fridge(4, true)).settle();
      assertThat(status(world).lightOn()).isTrue();

      world.apply(fridge(4, false)).settle();
      assertThat(status(world).lightOn()).isFalse();
      world.verify();
    }
  }

  @Test
  void compressorIsOffBeforeItGoes() {
    try (var world = world()) {
      world.apply(fridge(4, false)).settle();

      world.delete(fridge(4, false)).settle();

      world.expectCall(new SwitchCompressor("kitchen", false), Times.times(1));
      assertThat(world.get(Refrigerator.class, "default", "kitchen")).isEmpty();
    }
  }
}
