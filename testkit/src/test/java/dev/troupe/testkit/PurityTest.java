package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Change;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import dev.troupe.api.resource.ResourceKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Controllers whose decisions follow from something else than what they are asked with.
class PurityTest {

  private static final Map<String, String> LABELS = Map.of("app", "web");

  @Test
  void clockIsFound() {
    try (var world = world((map, _) -> data(map, Long.toString(System.currentTimeMillis())))) {
      world.apply(map());

      assertThatThrownBy(() -> world.settle().verify())
          .hasMessageContaining("otherwise")
          .hasMessageContaining("What has happened to ConfigMap/main")
          .hasMessageContaining("writes Patch patch.data.value: ");
    }
  }

  @Test
  void chanceIsFoundAtOnce() {
    var random = RandomGenerator.getDefault();
    try (var world = world((map, _) -> data(map, Long.toString(random.nextLong())))) {
      world.apply(map());

      assertThatThrownBy(world::settle)
          .hasMessageContaining("decides otherwise when it is asked twice with the same input")
          .hasMessageContaining("(seed 1)");
    }
  }

  @Test
  void fieldOfItsOwnIsFound() {
    var late = new AtomicBoolean();
    try (var world = world((map, _) -> data(map, late.get() ? "late" : "early"))) {
      world.apply(map()).settle();
      late.set(true);

      assertThatThrownBy(world::verify)
          .hasMessageContaining("as if it read a clock, chance or a field of its own")
          .hasMessageContaining("about ConfigMap/main")
          .hasMessageContaining("patch.data.value: early → late");
    }
  }

  @Test
  void modifiedInputIsFound() {
    try (var world =
        world((map, _) -> {
          map.getMetadata().setLabels(LABELS);
          return Plan.nothing();
        })) {
      world.apply(map());

      assertThatThrownBy(world::settle)
          .hasMessageContaining("has modified the object that it was asked about")
          .hasMessageContaining("metadata.labels");
    }
  }

  @Test
  void modifiedViewIsFound() {
    try (var world =
        world((_, view) -> {
          view.get(Secret.class, "main")
              .ifPresent(secret -> secret.getMetadata().setLabels(LABELS));
          return Plan.nothing();
        })) {
      world.apply(
          new SecretBuilder()
              .withNewMetadata()
              .withNamespace("default")
              .withName("main")
              .endMetadata()
              .build());
      world.apply(map()).settle();

      assertThatThrownBy(world::verify).hasMessageContaining("somebody has modified Secret/main");
    }
  }

  @Test
  void stateBesideTheFoldIsFound() {
    var decided = new AtomicInteger();
    try (var world = World.builder().with(new Counting(decided)).start()) {
      world.apply(map()).settle();

      assertThatThrownBy(world::verify)
          .hasMessageContaining("when the same changes were folded once more")
          .hasMessageContaining("patch.data.value");
    }
  }

  private static Plan data(ConfigMap map, String value) {
    return Plan.nothing()
        .write(
            new Plan.Write.Patch(
                ResourceKey.of(map), "", Map.of("data", Map.of("value", value)), null, null));
  }

  private static ConfigMap map() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("main")
        .endMetadata()
        .addToData("value", "1")
        .build();
  }

  private static World world(BiFunction<ConfigMap, View, Plan> decision) {
    return World.of(new Deciding(decision));
  }

  private record Deciding(BiFunction<ConfigMap, View, Plan> decision)
      implements Controller<ConfigMap> {

    @Override
    public Class<ConfigMap> resource() {
      return ConfigMap.class;
    }

    @Override
    public String name() {
      return "deciding";
    }

    @Override
    public void observe(Observe<ConfigMap> on) {
      on.watches(Secret.class, secret -> List.of(ref(secret)));
    }

    private static Observe.Ref ref(Secret secret) {
      var metadata = secret.getMetadata();
      return new Observe.Ref(metadata.getNamespace(), metadata.getName());
    }

    @Override
    public Plan reconcile(ConfigMap map, View view, Cause cause) {
      return decision.apply(map, view);
    }
  }

  private record Counting(AtomicInteger decided) implements CollectionController<String> {

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public List<Class<? extends HasMetadata>> follows() {
      return List.of(ConfigMap.class);
    }

    @Override
    public String initial() {
      return "";
    }

    @Override
    public String apply(String state, Change change) {
      return state;
    }

    @Override
    public Collection<ResourceKey> concerns(String state, Change change) {
      return List.of(change.key());
    }

    @Override
    public Plan decide(String state, Change latest, Cause cause, Instant now) {
      int count = Math.min(3, decided.incrementAndGet());
      var patch = Map.<String, Object>of("data", Map.of("value", Integer.toString(count)));
      return Plan.nothing()
          .write(new Plan.Write.Patch(latest.key(), "", Map.copyOf(patch), null, null));
    }
  }
}
