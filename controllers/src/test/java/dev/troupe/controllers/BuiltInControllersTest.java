package dev.troupe.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.garbagecollection.OwnerTypes.OwnerType;
import dev.troupe.controllers.simulation.SimulatedNodes;
import dev.troupe.controllers.stage.Fixtures;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.testkit.world.ControllerWorld;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// All built-in controllers together, with the rules of the API and the machinery of the runtime.
class BuiltInControllersTest {

  @Test
  void deploymentBecomesRunningPods() {
    try (var world = cluster(1)) {
      world.apply(Fixtures.deployment("web", 3, "example.com/web:1"));
      passAMinute(world);

      assertReady(world, 3);
      world.verify();
    }
  }

  @Test
  void newImageReplacesEveryPod() {
    try (var world = cluster(2)) {
      world.apply(Fixtures.deployment("web", 3, "example.com/web:1"));
      passAMinute(world);
      world.apply(Fixtures.deployment("web", 3, "example.com/web:2"));
      passAMinute(world);
      passAMinute(world);

      assertReady(world, 3);
      assertThat(world.list(Pod.class))
          .extracting(pod -> pod.getSpec().getContainers().getFirst().getImage())
          .containsOnly("example.com/web:2");
      world.verify();
    }
  }

  @Test
  void deletedDeploymentTakesItsPodsAlong() {
    try (var world = cluster(3)) {
      world.apply(Fixtures.deployment("web", 3, "example.com/web:1"));
      passAMinute(world);
      world.delete(Deployment.class, "default", "web");
      passAMinute(world);
      passAMinute(world);

      assertThat(world.list(ReplicaSet.class)).isEmpty();
      assertThat(world.list(Pod.class)).isEmpty();
    }
  }

  @Test
  void deletedNamespaceGoesWhenItIsEmpty() {
    try (var world = cluster(4)) {
      world.apply(namespace("shop"));
      passAMinute(world);
      assertThat(in(world.list(ConfigMap.class), "shop")).hasSize(1);
      var deployment = Fixtures.deployment("web", 2, "example.com/web:1");
      deployment.getMetadata().setNamespace("shop");
      world.apply(deployment);
      passAMinute(world);
      assertThat(in(world.list(Pod.class), "shop")).hasSize(2);

      world.delete(Namespace.class, "", "shop");
      passAMinute(world);
      passAMinute(world);

      assertThat(world.get(Namespace.class, "", "shop")).isEmpty();
      assertThat(in(world.list(Pod.class), "shop")).isEmpty();
      world.verify();
    }
  }

  @Test
  void crashesDelayButDoNotChangeTheOutcome() {
    for (long seed = 10; seed < 16; seed++) {
      try (var world = cluster(seed)) {
        var random = new Random(seed);
        for (int i = 1; i <= 6; i++) {
          world.apply(Fixtures.deployment("web", random.nextInt(1, 5), "example.com/web:" + i / 2));
          world.steps(random.nextInt(400));
          world.crash();
          world.advance(Duration.ofMillis(random.nextInt(3_000)));
        }
        world.apply(Fixtures.deployment("web", 3, "example.com/web:9"));
        world.crash();
        passAMinute(world);
        passAMinute(world);
        passAMinute(world);

        assertReady(world, 3);
        world.verify();
      }
    }
  }

  private static void assertReady(ControllerWorld world, int replicas) {
    assertThat(world.list(Pod.class))
        .hasSize(replicas)
        .allSatisfy(pod -> {
          assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
          assertThat(pod.getStatus().getPodIP()).isNotEmpty();
        });
    var status = world.get(Deployment.class, "default", "web").orElseThrow().getStatus();
    assertThat(status.getReadyReplicas()).isEqualTo(replicas);
    assertThat(status.getUpdatedReplicas()).isEqualTo(replicas);
  }

  private static <T extends HasMetadata> List<T> in(List<T> objects, String namespace) {
    return objects.stream()
        .filter(object -> object.getMetadata().getNamespace().equals(namespace))
        .toList();
  }

  private static void passAMinute(ControllerWorld world) {
    world.advance(Duration.ofMinutes(1)).settle();
  }

  private static ControllerWorld cluster(long seed) {
    var registry = ResourceRegistry.standard();
    var controllers =
        BuiltInControllers.all(
            new BuiltInControllers.Settings(
                "certificate",
                (group, kind) ->
                    registry.all().stream()
                        .filter(type -> type.ref().group().equals(group))
                        .filter(type -> type.names().kind().equals(kind))
                        .findFirst()
                        .map(type -> new OwnerType(type.ref(), type.namespaced()))));
    var builder = ControllerWorld.builder().seed(seed);
    controllers.ofObjects().forEach(builder::with);
    controllers.ofCollections().forEach(builder::with);
    var world = builder.start();
    for (var name : List.of("default", "kube-node-lease")) {
      world.apply(namespace(name));
    }
    for (int i = 1; i <= 3; i++) {
      world.apply(new SimulatedNodes(110).describe(i));
    }
    return world.settle();
  }

  private static Namespace namespace(String name) {
    return new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
  }
}
