package dev.troupe.controllers;

import static dev.troupe.controllers.stage.Fixtures.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.Pods;
import dev.troupe.testkit.World;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// All controllers together, on the logic of production.
class BuiltInControllersWorldTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void rollsADeploymentOut(long seed) {
    try (var world = WholeCluster.start(seed)) {
      world.apply(deployment("web", 6, "nginx:1")).settle();

      assertThat(web(world).getStatus().getAvailableReplicas()).isEqualTo(6);
      assertThat(condition(web(world), "Progressing").getReason())
          .isEqualTo("NewReplicaSetAvailable");
      assertThat(world.list(ReplicaSet.class)).hasSize(1);
      var addresses = new HashSet<String>();
      assertThat(world.list(Pod.class))
          .hasSize(6)
          .allMatch(Pods::isReady)
          .allMatch(pod -> addresses.add(pod.getStatus().getPodIP()));
      assertThat(world.list(Event.class))
          .extracting(Event::getReason)
          .contains("ScalingReplicaSet", "SuccessfulCreate", "Scheduled", "Started");
      world.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void finishesARolloutInWhichEverybodyCrashes(long seed) {
    try (var world = WholeCluster.start(seed)) {
      world.apply(deployment("web", 6, "nginx:1")).settle();
      world.update(Deployment.class, "default", "web", BuiltInControllersWorldTest::newImage);
      for (int i = 0; i < 10; i++) {
        world.steps(60).crash();
      }
      world.settle().advance(Duration.ofMinutes(2)).settle();

      assertThat(web(world).getStatus().getUpdatedReplicas()).isEqualTo(6);
      assertThat(web(world).getStatus().getAvailableReplicas()).isEqualTo(6);
      assertThat(Labels.annotationsOf(web(world)))
          .containsEntry("deployment.kubernetes.io/revision", "2");
      assertThat(world.list(Pod.class))
          .hasSize(6)
          .allMatch(p -> p.getSpec().getContainers().getFirst().getImage().equals("nginx:2"));
      world.verify();
    }
  }

  /// After one crash only, so that nothing that it has cut off is made good by another.
  @ParameterizedTest
  @MethodSource("crashes")
  void endsAlikeWhereverEverybodyCrashes(int steps) {
    try (var world = WholeCluster.start(steps)) {
      world.apply(deployment("web", 3, "nginx:1")).apply(deployment("old", 1, "nginx:1")).settle();
      world.update(Deployment.class, "default", "web", BuiltInControllersWorldTest::newImage);
      world.delete(Deployment.class, "default", "old");
      world.steps(steps).crash();
      world.settle().advance(Duration.ofMinutes(2)).settle();

      assertThat(web(world).getStatus().getUpdatedReplicas()).isEqualTo(3);
      assertThat(web(world).getStatus().getAvailableReplicas()).isEqualTo(3);
      assertThat(world.list(Pod.class))
          .hasSize(3)
          .allMatch(Pods::isReady)
          .allMatch(p -> p.getSpec().getContainers().getFirst().getImage().equals("nginx:2"));
      world.verify();
    }
  }

  static IntStream crashes() {
    return IntStream.range(0, 20).map(n -> n * 73);
  }

  @Test
  void takesEverythingWithADeletedDeployment() {
    try (var world = WholeCluster.start(1)) {
      world.apply(deployment("web", 3, "nginx:1")).settle();
      world.delete(Deployment.class, "default", "web").settle();
      world.advance(Duration.ofSeconds(5)).settle();

      assertThat(world.list(ReplicaSet.class)).isEmpty();
      assertThat(world.list(Pod.class)).isEmpty();
      world.verify();
    }
  }

  @Test
  void forgetsEventsThatAreOld() {
    try (var world = WholeCluster.start(1)) {
      world.apply(deployment("web", 1, "nginx:1")).settle();
      assertThat(world.list(Event.class)).isNotEmpty();

      world.advance(Duration.ofMinutes(62)).settle();

      assertThat(world.list(Event.class)).isEmpty();
      assertThat(world.list(Pod.class)).hasSize(1);
      world.verify();
    }
  }

  @Test
  void replacesADeletedPodUnderAnotherName() {
    try (var world = WholeCluster.start(1)) {
      world.apply(deployment("web", 3, "nginx:1")).settle();
      var gone = world.list(Pod.class).getFirst();
      world.delete(gone).settle();
      world.advance(Duration.ofSeconds(5)).settle();

      assertThat(world.list(Pod.class))
          .hasSize(3)
          .allMatch(Pods::isReady)
          .noneMatch(p -> p.getMetadata().getName().equals(gone.getMetadata().getName()));
      world.verify();
    }
  }

  @Test
  void endsTheRestOfANamespaceAfterItsPods() {
    try (var world = WholeCluster.start(1)) {
      world.apply(namespace("team")).settle();
      var deployment = deployment("web", 1, "nginx:1");
      deployment.getMetadata().setNamespace("team");
      deployment.getSpec().getTemplate().getMetadata().setFinalizers(List.of("example.com/hold"));
      world.apply(deployment).settle();

      world.delete(Namespace.class, "", "team").settle();
      world.advance(Duration.ofMinutes(2)).settle();

      var conditions = world.get(Namespace.class, "", "team").orElseThrow().getStatus();
      assertThat(conditions.getConditions())
          .filteredOn(c -> c.getStatus().equals("True"))
          .extracting(NamespaceCondition::getMessage)
          .containsExactly(
              "Some resources are remaining: pods. has 1 resource instances",
              "Some content in the namespace has finalizers remaining: example.com/hold in 1"
                  + " resource instances");
      assertThat(in(world.list(Deployment.class), "team")).hasSize(1);
      assertThat(in(world.list(ConfigMap.class), "team")).hasSize(1);

      var pod = in(world.list(Pod.class), "team").getFirst().getMetadata().getName();
      world.update(
          Pod.class,
          "team",
          pod,
          held -> {
            held.getMetadata().setFinalizers(List.of());
            return held;
          });
      world.settle().advance(Duration.ofSeconds(5)).settle();

      assertThat(world.get(Namespace.class, "", "team")).isEmpty();
      assertThat(in(world.list(Deployment.class), "team")).isEmpty();
    }
  }

  @Test
  void endsANamespaceWithWhatIsInIt() {
    try (var world = WholeCluster.start(1)) {
      world.apply(namespace("team")).settle();
      assertThat(in(world.list(ServiceAccount.class), "team")).hasSize(1);
      assertThat(in(world.list(ConfigMap.class), "team")).hasSize(1);
      var deployment = deployment("web", 3, "nginx:1");
      deployment.getMetadata().setNamespace("team");
      world.apply(deployment).settle();

      world.delete(Namespace.class, "", "team").settle();
      world.advance(Duration.ofSeconds(10)).settle();

      assertThat(world.get(Namespace.class, "", "team")).isEmpty();
      assertThat(in(world.list(Pod.class), "team")).isEmpty();
      assertThat(in(world.list(ConfigMap.class), "team")).isEmpty();
      world.verify();
    }
  }

  @Test
  void listsThePodsBehindAService() {
    try (var world = WholeCluster.start(1)) {
      var service =
          new ServiceBuilder()
              .withNewMetadata()
              .withName("web")
              .withNamespace("default")
              .endMetadata()
              .withNewSpec()
              .withClusterIP("10.96.0.17")
              .addToSelector("app", "web")
              .addNewPort()
              .withPort(80)
              .withTargetPort(new IntOrString(8080))
              .endPort()
              .endSpec()
              .build();
      world.apply(service).apply(deployment("web", 3, "nginx:1")).settle();

      assertThat(world.list(EndpointSlice.class))
          .singleElement()
          .satisfies(s -> assertThat(s.getEndpoints()).hasSize(3))
          .satisfies(s -> assertThat(s.getPorts().getFirst().getPort()).isEqualTo(8080));

      world
          .update(
              Deployment.class,
              "default",
              "web",
              d -> {
                d.getSpec().setReplicas(0);
                return d;
              })
          .settle();
      world.advance(Duration.ofSeconds(5)).settle();
      assertThat(world.list(EndpointSlice.class))
          .singleElement()
          .satisfies(s -> assertThat(s.getEndpoints()).isEmpty());
      world.verify();
    }
  }

  @Test
  void keepsNodesReady() {
    try (var world = WholeCluster.start(1)) {
      world.advance(Duration.ofMinutes(1));

      assertThat(world.list(Node.class))
          .allMatch(n ->
              n.getStatus().getConditions().stream()
                  .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True")));
      assertThat(world.list(Lease.class))
          .hasSize(3)
          .allMatch(lease ->
              lease.getSpec().getRenewTime().toInstant().isAfter(world.now().minusSeconds(11)));
      world.verify();
    }
  }

  private static Namespace namespace(String name) {
    return new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  private static Deployment newImage(Deployment deployment) {
    deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage("nginx:2");
    return deployment;
  }

  private static Deployment web(World world) {
    return world.get(Deployment.class, "default", "web").orElseThrow();
  }

  private static DeploymentCondition condition(Deployment deployment, String type) {
    return deployment.getStatus().getConditions().stream()
        .filter(c -> c.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private static <T extends HasMetadata> List<T> in(List<T> objects, String namespace) {
    return objects.stream().filter(o -> namespace.equals(o.getMetadata().getNamespace())).toList();
  }
}
