package dev.troupe.testkit;

import static dev.troupe.testkit.Times.times;

import dev.troupe.testkit.FridgeController.Switch;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The tests that `docs/testing-controllers.md` shows.
@TroupeTest(FridgeController.class)
class FridgeControllerTest {

  @Test
  void defrostsThoughItsMemberHasCrashed(World world) {
    world.apply(Fridge.of("kitchen", 4)).settle();
    world.crashOwnerOf("Fridge/kitchen").settle();
    world.advance(Duration.ofHours(12)).settle();

    world.expect("Fridge/kitchen").has("status.compressor", "on").hasEvent("Defrosted", times(1));
  }

  @Test
  void isSwitchedOffBeforeItGoes(World world) {
    world.fail(Switch.class, times(2)).apply(Fridge.of("kitchen", 4)).settle();
    world.delete("Fridge/kitchen").settle();

    world.expect("Fridge/kitchen").isGone();
    world.expectCall(new Switch("kitchen", false), times(1));
  }

  @Test
  void labelComesBackWhateverElseGoesOn(World world) {
    world.delayed(Duration.ofSeconds(2)).lagging(Duration.ofSeconds(5)).losingAnswers(0.1);
    world.apply(Fridge.of("kitchen", 4)).settle();
    world.meanwhile(user -> user.delete(ConfigMap.class, "default", "kitchen-label"));
    world.secondMember().settle().undisturbed().settle();

    world.expect("ConfigMap/kitchen-label").has("data.celsius", "4.0").isOwnedBy("Fridge/kitchen");
  }

  @Test
  void noCrashChangesAnything() {
    World.atEveryStep(
        () -> World.of(new FridgeController()),
        world -> {
          world.apply(Fridge.of("kitchen", 4)).settle();
          world.advance(Duration.ofHours(13)).settle();
          world.delete("Fridge/kitchen").settle();
        });
  }
}
