package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A scenario that is disturbed after each of its steps.
class EveryStepTest {

  private static EveryStep everyStep(FridgeController controller) {
    return new EveryStep(() -> World.of(controller), EveryStepTest::halfADay);
  }

  private static void halfADay(World world) {
    world.apply(Fridge.of("kitchen", 4)).apply(Fridge.of("cellar", 12)).settle();
    world.apply(Fridge.of("kitchen", 5)).delete("Fridge/cellar").settle();
    world.advance(Duration.ofHours(13)).settle();
  }

  private static void deleteLabel(World user) {
    if (user.get(ConfigMap.class, "default", "kitchen-label").isPresent()) {
      user.delete("ConfigMap/kitchen-label");
    }
  }

  @Test
  void crashAnywhereChangesNothing() {
    assertThat(everyStep(new FridgeController()).crash()).isGreaterThan(30);
  }

  @Test
  void takeoverAnywhereChangesNothing() {
    assertThat(everyStep(new FridgeController()).atMost(40, 1).takeOver()).isGreaterThan(15);
  }

  @Test
  void userMayDeleteSomethingAtAnyStep() {
    assertThat(
            everyStep(new FridgeController()).atMost(40, 0).meanwhile(EveryStepTest::deleteLabel))
        .isGreaterThan(15);
  }

  @Test
  void fewStepsAreSpreadOverAll() {
    assertThat(everyStep(new FridgeController()).atMost(5, 0).crash()).isBetween(3L, 5L);
  }

  @Test
  void whatGoesOnOtherwiseAfterACrashIsFound() {
    var forgetful =
        new FridgeController() {
          @Override
          public Plan reconcile(Fridge fridge, View view, Cause cause) {
            var plan = super.reconcile(fridge, view, cause);
            return cause instanceof Cause.Started
                ? plan.timer("again", Duration.ofDays(1)).call(new Defrost("started"))
                : plan;
          }
        };

    assertThatThrownBy(() -> everyStep(forgetful).crash())
        .hasMessageContaining("After a crash when ")
        .hasMessageContaining("it ends otherwise:")
        .hasMessageContaining("surplus activity Defrost[id=started]")
        .hasMessageContaining("What has happened before and after:");
  }
}
