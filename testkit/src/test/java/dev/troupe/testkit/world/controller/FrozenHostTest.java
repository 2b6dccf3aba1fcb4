package dev.troupe.testkit.world.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.runtime.controller.Copies;
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
                takenOver(seed, HostFlaw.TWO_HOSTS, ControllerWorld::verify);
              }
            })
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("which is over, does");
  }

  private static void takenOver(long seed, HostFlaw flaw, Consumer<ControllerWorld> check) {
    try (var world =
        ControllerWorld.builder()
            .with(new Copies(Duration.ofHours(12)))
            .seed(seed)
            .flaw(flaw)
            .start()) {
      world.apply(ControllerWorldTest.deployment("web", 3)).steps((int) (seed % 25));
      world.replaceHosts().steps(5);
      world.apply(ControllerWorldTest.deployment("web", 2)).settle();
      check.accept(world);
    }
  }
}
