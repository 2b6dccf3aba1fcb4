package dev.troupe.resources.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VersionOrderTest {

  @Test
  void versionsComeAsKubernetesPrefersThem() {
    var sorted =
        List.of("v10", "v2", "v1", "v11beta2", "v10beta3", "v3beta1", "v12alpha1", "foo1", "foo10");

    assertThat(sorted.reversed().stream().sorted(new VersionOrder()))
        .containsExactlyElementsOf(sorted);
    assertThat(Stream.of("v1", "v1").sorted(new VersionOrder())).containsExactly("v1", "v1");
  }
}
