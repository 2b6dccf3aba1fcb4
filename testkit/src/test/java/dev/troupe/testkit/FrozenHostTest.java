package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.runtime.controller.Copies;
import dev.troupe.testkit.world.controller.HostFlaw;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// A controller's host that has been replaced and goes on: it was frozen in the middle of its work.
class FrozenHostTest {

  @Test
  void frozenHostWritesNothingAfterItsTakeover() {
    for (long seed = 0; seed < 50; seed++) {
      takenOver(
          seed,
          HostFlaw.NONE,
          world -> {
            world.verify();
            assertThat(world.list(ConfigMap.class)).hasSize(2);
            assertThat(world.get(Deployment.class, "default", "web")).isPresent();
          });
    }
  }

  @Test
  void hostThatIsLetGoOnIsFound() {
    assertThatThrownBy(
            () -> {
              for (long seed = 0; seed < 50; seed++) {
                takenOver(seed, HostFlaw.TWO_HOSTS, World::verify);
              }
            })
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("which is over, does");
  }

  private static void takenOver(long seed, HostFlaw flaw, Consumer<World> check) {
    try (var world =
        World.builder().with(new Copies(Duration.ofHours(12))).seed(seed).flaw(flaw).start()) {
      world.apply(WorldScheduleTest.deployment("web", 3)).steps((int) (seed % 25));
      world.secondMember().steps(5);
      world.apply(WorldScheduleTest.deployment("web", 2)).settle();
      check.accept(world);
    }
  }
}
