package dev.troupe.runtime.controller.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.registry.ResourceRegistry;
import org.junit.jupiter.api.Test;

class SweepOrderTest {

  private final ResourceRegistry registry = ResourceRegistry.standard();

  @Test
  void podsGoFirstAndAlone() {
    var stages = SweepOrder.stages(registry);

    assertThat(stages).hasSize(2);
    assertThat(stages.getFirst()).extracting(type -> type.ref().plural()).containsExactly("pods");
  }

  @Test
  void nothingThatANamespaceHoldsIsLeft() {
    var held = registry.all().stream().filter(type -> type.namespaced() && type.stored()).toList();

    assertThat(SweepOrder.stages(registry).stream().flatMap(stage -> stage.stream()))
        .containsExactlyInAnyOrderElementsOf(held);
  }
}
