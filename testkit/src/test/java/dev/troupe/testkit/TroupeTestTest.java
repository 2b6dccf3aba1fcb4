package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.suppressed;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/// Tests that get a world, as JUnit runs them.
@TroupeTest(FridgeController.class)
class TroupeTestTest {

  @Test
  void worldIsGivenAndVerified(World world) {
    world.apply(Fridge.of("kitchen", 4)).settle().advance(Duration.ofHours(12)).settle();

    world.expect("Fridge/kitchen").has("status.compressor", "on");
    assertThat(world.seed()).isEqualTo(1);
  }

  /// Switches on something else each time that it is asked.
  public static final class Moody extends FridgeController {
    private int asked;

    @Override
    public Plan reconcile(Fridge fridge, View view, Cause cause) {
      var plan = super.reconcile(fridge, view, cause);
      return ++asked > 8 ? plan.waitFor("mood", "it is better") : plan;
    }
  }

  /// Run by the tests here alone.
  @TroupeTest(value = FridgeController.class, seed = 5)
  static class Carried {

    @Test
    void expectsTooMuch(World world) {
      world.apply(Fridge.of("kitchen", 4)).settle();
      assertThat(world.list(Fridge.class)).hasSize(2);
    }

    @Test
    void saysASentence(World world) {
      world.apply(Fridge.of("kitchen", 4)).settle();
      world.expect("Fridge/kitchen").has("status.compressor", "off");
    }

    @Test
    @TroupeTest(value = Moody.class, seed = 6)
    void doesNotVerify(World world) {
      world.apply(Fridge.of("kitchen", 4)).settle();
    }
  }

  @Test
  void failureTellsSeedAndHistory() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Carried.class))
        .execute()
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                test("expectsTooMuch"),
                finishedWithFailure(
                    suppressed(
                        0,
                        message(text ->
                            text.contains("in the world of seed 5")
                                && text.contains("user test creates Fridge/kitchen"))))))
        .haveExactly(
            1,
            event(
                test("saysASentence"),
                finishedWithFailure(message(text -> text.contains("(seed 5)")))))
        .haveExactly(
            1,
            event(
                test("doesNotVerify"),
                finishedWithFailure(
                    message(text -> text.contains("(seed 6)") && text.contains("mood")))));
  }

  @Test
  void seedOfARunCountsMore() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Carried.class))
        .configurationParameter("troupe.seed", "77")
        .execute()
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                test("saysASentence"),
                finishedWithFailure(message(text -> text.contains("(seed 77)")))));
  }
}
