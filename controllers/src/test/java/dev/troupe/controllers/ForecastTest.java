package dev.troupe.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.controllers.simulation.SimulatedNodes;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.testkit.world.controller.ControllerWorld;
import dev.troupe.testkit.world.controller.HostFlaw;
import dev.troupe.testkit.world.forecast.Forecast;
import dev.troupe.testkit.world.forecast.Outlook;
import dev.troupe.testkit.world.forecast.Outlook.Difference;
import dev.troupe.testkit.world.forecast.Outlook.Fate;
import dev.troupe.testkit.world.forecast.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is foretold of built-in controllers is what then happens.
class ForecastTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Instant BEGINNING = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration SPAN = Duration.ofMinutes(2);
  private static final ResourceKey WEB =
      new ResourceKey(TypeRef.parse("deployments.apps"), "default", "web");

  private final ResourceRegistry registry = ResourceRegistry.standard();

  private ControllerWorld world(Instant begins) {
    var builtIn = BuiltInControllers.all(WholeCluster.settings(registry));
    return new ControllerWorld(
        new ControllerWorld.Setup(
            builtIn.ofObjects(),
            builtIn.ofCollections(),
            registry,
            StandardMutator.of(registry),
            1,
            HostFlaw.NONE,
            begins));
  }

  /// With a deployment of three replicas.
  private ControllerWorld begun() {
    var world = world(BEGINNING);
    for (var name : List.of("default", "kube-node-lease")) {
      apply(world, "v1", "Namespace", new ResourceKey(TypeRef.core("namespaces"), "", name), "");
    }
    var nodes = new SimulatedNodes(110);
    for (int i = 1; i <= 3; i++) {
      var node = nodes.describe(i);
      world.user().apply(node);
      world.user().status(node);
    }
    world.user().apply(WEB, deployment(3, "nginx:1"));
    world.settle();
    world.advance(SPAN);
    return world;
  }

  private static void apply(
      ControllerWorld world, String apiVersion, String kind, ResourceKey key, String more) {
    var text =
        "{\"apiVersion\":\"%s\",\"kind\":\"%s\",\"metadata\":{\"name\":\"%s\"}%s}"
            .formatted(apiVersion, kind, key.name(), more);
    world.user().apply(key, (ObjectNode) JSON.readTree(text));
  }

  private static ObjectNode deployment(int replicas, String image) {
    return (ObjectNode)
        JSON.readTree(
            """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"default"},
             "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"web"}},
              "template":{"metadata":{"labels":{"app":"web"}},
               "spec":{"containers":[{"name":"web","image":"%s"}]}}}}
            """
                .formatted(replicas, image));
  }

  private static Map<ResourceKey, ObjectNode> state(ControllerWorld world) {
    var state = new LinkedHashMap<ResourceKey, ObjectNode>();
    for (var resource : world.store().all()) {
      state.put(resource.key(), ControllerJson.object(resource.json()));
    }
    return state;
  }

  private Outlook foretold(ControllerWorld now, Wish... wishes) {
    var moment = now.schedule().instant();
    return new Forecast(() -> world(moment), state(now)).of(List.of(wishes), SPAN);
  }

  /// Fates by type and owner, and what becomes of which fields.
  private static Map<String, Integer> summary(Outlook outlook) {
    var summary = new TreeMap<String, Integer>();
    for (var difference : outlook.differences()) {
      summary.merge(words(difference), 1, Integer::sum);
    }
    return summary;
  }

  private static String words(Difference difference) {
    boolean isNamed = difference.fate() == Fate.CHANGED || difference.owner().isEmpty();
    return difference.fate()
        + " "
        + difference.key().type()
        + " "
        + (isNamed ? difference.key().name() : "of " + difference.owner())
        + " "
        + difference.fields();
  }

  private static void grant(ControllerWorld world, Wish wish) {
    var _ =
        switch (wish) {
          case Wish.Apply(var key, var object) -> world.user().apply(key, object);
          case Wish.Delete(var key) -> world.user().delete(key);
        };
  }

  private Outlook real(Wish wish) {
    var without = begun();
    without.settle();
    without.advance(SPAN);
    var with = begun();
    grant(with, wish);
    with.settle();
    with.advance(SPAN);
    return Forecast.between(without, with);
  }

  @Test
  void nothingComesOfNothing() {
    var outlook = foretold(begun());
    assertThat(outlook.differences()).isEmpty();
    assertThat(outlook.waits()).isEmpty();
    assertThat(outlook.failures()).isEmpty();
  }

  @Test
  void scalingIsForetoldWithWhatDoesNotFit() {
    scale(340);
  }

  @Tag("thorough")
  @Test
  void scalingToManyIsForetold() {
    scale(500);
  }

  private void scale(int replicas) {
    var scaled = new Wish.Apply(WEB, deployment(replicas, "nginx:1"));
    var outlook = foretold(begun(), scaled);

    assertThat(outlook.differences())
        .filteredOn(one -> one.fate() == Fate.CREATED && one.key().type().plural().equals("pods"))
        .hasSize(replicas - 3);
    assertThat(outlook.waits())
        .anySatisfy(wait -> {
          assertThat(wait.controller()).isEqualTo("default-scheduler");
          assertThat(wait.explanation()).contains("Too many pods");
        });
    assertThat(summary(outlook)).isEqualTo(summary(real(scaled)));
  }

  @Test
  void theCopyIsAllThatIsTouched() {
    var now = begun();
    var before = state(now);
    var _ = foretold(now, new Wish.Delete(WEB));
    assertThat(state(now)).isEqualTo(before);
  }

  @Test
  void whatWouldBeRefusedIsRefused() {
    var wish = new Wish.Apply(WEB, deployment(-1, "nginx:1"));
    var now = begun();
    assertThatThrownBy(() -> foretold(now, wish))
        .isInstanceOf(Forecast.RefusedWishException.class)
        .hasMessageContaining("must be greater than or equal to 0");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsForetoldHappens(long seed) {
    var random = new Random(seed);
    var wishes = IntStream.range(0, 3).mapToObj(_ -> wish(random)).toArray(Wish[]::new);
    for (var wish : wishes) {
      assertThat(summary(foretold(begun(), wish))).as("%s", wish).isEqualTo(summary(real(wish)));
    }
  }

  private Wish wish(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new Wish.Apply(WEB, deployment(random.nextInt(12), "nginx:1"));
      case 1 -> new Wish.Apply(WEB, deployment(random.nextInt(1, 6), "nginx:" + random.nextInt(3)));
      case 2 -> new Wish.Delete(WEB);
      case 3 -> new Wish.Delete(pod(random));
      default ->
          new Wish.Apply(
              new ResourceKey(TypeRef.core("nodes"), "", "node-" + random.nextInt(1, 4)),
              (ObjectNode)
                  JSON.readTree(
                      "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"spec\":{\"unschedulable\":true}}"));
    };
  }

  private ResourceKey pod(Random random) {
    var pods = begun().store().list(TypeRef.core("pods"));
    var pod = pods.next();
    for (int i = random.nextInt(3); i > 0; i--) {
      pod = pods.next();
    }
    return pod.key();
  }
}
