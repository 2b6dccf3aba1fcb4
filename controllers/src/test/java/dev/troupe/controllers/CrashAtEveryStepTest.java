package dev.troupe.controllers;

import static dev.troupe.controllers.stage.Fixtures.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.deployment.DeploymentController;
import dev.troupe.controllers.events.EventExpiryController;
import dev.troupe.controllers.replicaset.ReplicaSetController;
import dev.troupe.controllers.simulation.SimulatedNodes;
import dev.troupe.testkit.EveryStep;
import dev.troupe.testkit.World;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// All controllers together, killed or replaced after a step of what they do: it ends as if nothing
/// had happened. A build tries some steps, a thorough one all.
class CrashAtEveryStepTest {

  private static final int SOME = 6;

  /// Where a pod runs, and under which address, is drawn by lot.
  private static final String[] DRAWN = {
    "nodeName", "podIP", "podIPs", "hostIP", "hostIPs", "ip", "addresses", "containerID"
  };

  /// What users do, and where.
  record Scenario(String name, Supplier<World> start, Consumer<World> users) {

    Scenario(String name, Consumer<World> users) {
      this(name, () -> WholeCluster.start(1), users);
    }

    EveryStep everyStep() {
      return new EveryStep(start, users).aside(DRAWN).rest(Duration.ofMinutes(1));
    }

    /// Some steps, others for each scenario.
    EveryStep someSteps(int most) {
      return everyStep().atMost(most, name.length());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /// Each with the controllers that it is about.
  static Stream<Scenario> scenarios() {
    return Stream.of(
        // Deployment, replica set, scheduling, kubelet.
        ROLLOUT,
        // Garbage collection, replica set.
        new Scenario("a deletion", CrashAtEveryStepTest::deletion),
        // Endpoint slices, cluster addresses, node ports.
        new Scenario("a service", CrashAtEveryStepTest::serviceOfPods),
        // Namespace, garbage collection.
        new Scenario("a namespace", CrashAtEveryStepTest::shortNamespace),
        // Node lifecycle, eviction, scheduling.
        new Scenario("a failed node", CrashAtEveryStepTest::failedNode),
        // Eviction, scheduling, replica set.
        new Scenario("a deleted node", CrashAtEveryStepTest::deletedNode),
        // Definitions of types.
        new Scenario("a definition", CrashAtEveryStepTest::shortDefinition),
        // Expiry of Events; without nodes, whose heartbeats take long.
        new Scenario(
            "old events", CrashAtEveryStepTest::withoutNodes, CrashAtEveryStepTest::oldEvents));
  }

  private static final Scenario ROLLOUT = new Scenario("a rollout", CrashAtEveryStepTest::rollout);

  @ParameterizedTest
  @MethodSource("scenarios")
  void endsAlikeAfterACrash(Scenario scenario) {
    assertThat(scenario.someSteps(SOME).crash()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void endsAlikeAfterATakeover(Scenario scenario) {
    assertThat(scenario.someSteps(SOME / 2).takeOver()).isPositive();
  }

  /// A replica set has others in their place, under names of their own.
  @Test
  void podsThatAUserDeletesAreNotResurrected() {
    var deleting = ROLLOUT.someSteps(SOME);

    assertThat(deleting.meanwhile(CrashAtEveryStepTest::deletePods)).isPositive();
  }

  @Tag("thorough")
  @ParameterizedTest
  @MethodSource("scenarios")
  void endsAlikeWhereverItCrashes(Scenario scenario) {
    assertThat(scenario.everyStep().crash()).isGreaterThan(10);
  }

  @Tag("thorough")
  @ParameterizedTest
  @MethodSource("scenarios")
  void endsAlikeWhereverItIsTakenOver(Scenario scenario) {
    assertThat(scenario.everyStep().takeOver()).isGreaterThan(10);
  }

  @Tag("thorough")
  @Test
  void podsThatAUserDeletesAnytimeAreNotResurrected() {
    assertThat(ROLLOUT.everyStep().meanwhile(CrashAtEveryStepTest::deletePods)).isGreaterThan(10);
  }

  private static void rollout(World world) {
    world.apply(deployment("web", 2, "nginx:1")).settle();
    world.edit(Deployment.class, "web", CrashAtEveryStepTest::newImage);
    world.settle().advance(Duration.ofMinutes(2)).settle();
  }

  private static void deletion(World world) {
    world.apply(deployment("web", 2, "nginx:1")).settle();
    world.delete("Deployment/web").settle().advance(Duration.ofMinutes(1)).settle();
  }

  private static void serviceOfPods(World world) {
    world.apply(service()).apply(deployment("web", 2, "nginx:1")).settle();
    world.edit(Deployment.class, "web", CrashAtEveryStepTest::onePod).settle();
    world.delete(Service.class, "default", "web").settle();
    world.advance(Duration.ofMinutes(2)).settle();
  }

  private static void shortNamespace(World world) {
    world.apply(namespace("team")).settle();
    var deployment = deployment("web", 1, "nginx:1");
    deployment.getMetadata().setNamespace("team");
    world.apply(deployment).settle();
    world.delete(Namespace.class, "", "team").settle();
    world.advance(Duration.ofMinutes(1)).settle();
  }

  private static void failedNode(World world) {
    world.apply(deployment("web", 3, "nginx:1")).settle();
    world.update(Node.class, "", "node-1", CrashAtEveryStepTest::notReady);
    world.settle().advance(Duration.ofMinutes(7)).settle();
  }

  private static void deletedNode(World world) {
    world.apply(deployment("web", 3, "nginx:1")).settle();
    world.delete(Node.class, "", "node-1").settle();
    world.advance(Duration.ofMinutes(2)).settle();
  }

  private static void shortDefinition(World world) {
    world.apply(definition()).settle();
    world.delete("CustomResourceDefinition/crontabs.stable.example.com").settle();
    world.advance(Duration.ofMinutes(1)).settle();
  }

  private static void oldEvents(World world) {
    world.apply(deployment("web", 1, "nginx:1")).settle();
    world.advance(Duration.ofMinutes(70)).settle();
  }

  private static World withoutNodes() {
    return World.builder()
        .with(new DeploymentController())
        .with(new ReplicaSetController())
        .with(new EventExpiryController())
        .start();
  }

  private static void deletePods(World user) {
    user.list(Pod.class).forEach(user::delete);
  }

  private static Deployment newImage(Deployment deployment) {
    deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage("nginx:2");
    return deployment;
  }

  private static Deployment onePod(Deployment deployment) {
    deployment.getSpec().setReplicas(1);
    return deployment;
  }

  private static Node notReady(Node node) {
    node.getMetadata().getAnnotations().put(SimulatedNodes.NOT_READY, "true");
    return node;
  }

  private static Namespace namespace(String name) {
    return new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  private static Service service() {
    return new ServiceBuilder()
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
  }

  private static CustomResourceDefinition definition() {
    return new CustomResourceDefinitionBuilder()
        .withNewMetadata()
        .withName("crontabs.stable.example.com")
        .endMetadata()
        .withNewSpec()
        .withGroup("stable.example.com")
        .withScope("Namespaced")
        .withNewNames()
        .withPlural("crontabs")
        .withSingular("crontab")
        .withKind("CronTab")
        .withListKind("CronTabList")
        .endNames()
        .addNewVersion()
        .withName("v1")
        .withServed(true)
        .withStorage(true)
        .withNewSchema()
        .withNewOpenAPIV3Schema()
        .withType("object")
        .endOpenAPIV3Schema()
        .endSchema()
        .endVersion()
        .endSpec()
        .build();
  }
}
