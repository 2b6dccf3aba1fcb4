package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.imperative.ImperativeController;
import dev.troupe.api.imperative.ImperativeControllers;
import dev.troupe.api.imperative.ImperativeLook;
import dev.troupe.api.imperative.NextLook;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When a controller of the imperative style looks at an object.
class ImperativeStyleTest {

  private final List<ImperativeLook> looks = new ArrayList<>();

  private World world(String again) {
    var controllers =
        ImperativeControllers.of(
            new Quiet(),
            () -> {
              throw new AssertionError("a world has no server");
            });
    var builder = World.builder();
    controllers.controllers().forEach(builder::with);
    return builder
        .start()
        .answer(
            ImperativeLook.class,
            look -> {
              looks.add(look);
              return again;
            });
  }

  private static ConfigMap map(String text) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("one")
        .addToLabels("text", text)
        .endMetadata()
        .build();
  }

  @Test
  void looksOnceAndAgainWhenTheObjectChanges() {
    try (var world = world("")) {
      world.apply(map("a")).settle().crash().settle().advance(Duration.ofDays(1)).settle();
      assertThat(looks).hasSize(1);

      world.apply(map("b")).settle();
      assertThat(looks).hasSize(2);
      world.verify();
    }
  }

  @Test
  void looksAgainWhenItHasSaidSoAndAfterACrashToo() {
    try (var world = world("PT1H")) {
      world.apply(map("a")).settle();
      world.advance(Duration.ofMinutes(59)).crash().settle();
      assertThat(looks).hasSize(1);

      world.advance(Duration.ofMinutes(1)).settle();
      assertThat(looks).hasSize(2);
      world.advance(Duration.ofHours(2)).settle();
      assertThat(looks).hasSize(4);
      world.verify();
    }
  }

  @Test
  void cleansUpBeforeTheObjectGoes() {
    try (var world = world("")) {
      world.apply(map("a")).settle();

      world.delete(map("a")).settle();

      assertThat(looks.getLast().deleting()).isTrue();
      assertThat(world.list(ConfigMap.class)).isEmpty();
    }
  }

  private static final class Quiet implements ImperativeController<ConfigMap> {

    @Override
    public Class<ConfigMap> resource() {
      return ConfigMap.class;
    }

    @Override
    public String name() {
      return "quiet";
    }

    @Override
    public String finalizer() {
      return "example.com/quiet";
    }

    @Override
    public NextLook reconcile(ConfigMap map, KubernetesClient client) {
      return NextLook.WHEN_IT_CHANGES;
    }
  }
}
