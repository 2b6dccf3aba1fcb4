package dev.troupe.samples.webpage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.World;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The controller on the runtime's own state machines, in virtual time: no server, no waiting.
class WebPageControllerTest {

  private static final String NAMESPACE = "default";

  @Test
  void servesAPageAndSaysWhatItWaitsFor() {
    try (var world = World.of(new WebPageController())) {
      world.apply(page("hello")).settle();

      assertThat(deployment(world).getMetadata().getOwnerReferences())
          .singleElement()
          .satisfies(owner -> assertThat(owner.getKind()).isEqualTo("ConfigMap"));
      assertThat(world.get(Service.class, NAMESPACE, "home")).isPresent();
      assertThat(reasons(world)).containsExactly("Published");
      assertThat(world.waits(page("hello")))
          .singleElement()
          .satisfies(wait -> assertThat(wait.subject()).isEqualTo("deployments.apps/home"));

      world.applyWithStatus(withAllServersUp(deployment(world))).settle();
      assertThat(world.waits(page("hello"))).isEmpty();
      world.verify();
    }
  }

  @Test
  void newContentRollsTheServers() {
    try (var world = World.of(new WebPageController())) {
      world.apply(page("hello")).settle();
      var before = deployment(world);

      world.apply(page("hello, world")).settle();

      var after = deployment(world);
      assertThat(content(after)).isNotEqualTo(content(before));
      assertThat(after.getMetadata().getUid()).isEqualTo(before.getMetadata().getUid());
      assertThat(annotations(world).get(WebPage.CONTENT)).isEqualTo(content(after));
      world.verify();
    }
  }

  @Test
  void contentOfYesterdayIsCalledStaleThoughEverythingCrashedMeanwhile() {
    try (var world = World.of(new WebPageController())) {
      world.apply(page("hello")).settle();
      var written = world.now();
      assertThat(world.timers(page("hello")).values())
          .containsExactly(written.plus(WebPageController.FRESH_FOR));

      world.advance(Duration.ofHours(23)).crashOwnerOf("ConfigMap/home").settle();
      assertThat(annotations(world)).containsEntry(WebPage.FRESH, "true");

      world.advance(Duration.ofHours(1)).settle();
      assertThat(annotations(world))
          .containsEntry(WebPage.FRESH, "false")
          .containsEntry(WebPage.SINCE, written.toString());
      assertThat(world.timers(page("hello"))).isEmpty();

      world.advance(Duration.ofDays(7)).settle();
      assertThat(reasons(world)).containsExactlyInAnyOrder("Published", "Stale");
      world.verify();
    }
  }

  @Test
  void newContentIsFreshForAsLong() {
    try (var world = World.of(new WebPageController())) {
      world.apply(page("hello")).settle();
      world.advance(Duration.ofHours(23)).apply(page("hello again")).settle();
      world.advance(Duration.ofHours(23)).settle();
      assertThat(annotations(world)).containsEntry(WebPage.FRESH, "true");

      world.advance(Duration.ofHours(1)).settle();
      assertThat(annotations(world)).containsEntry(WebPage.FRESH, "false");

      world.apply(page("news")).settle();
      assertThat(annotations(world)).containsEntry(WebPage.FRESH, "true");
      world.verify();
    }
  }

  @Test
  void pageIsWithdrawnWhenItsLabelIsTakenOff() {
    try (var world = World.of(new WebPageController())) {
      world.apply(page("hello")).settle();

      world
          .update(
              ConfigMap.class,
              NAMESPACE,
              "home",
              map ->
                  new ConfigMapBuilder(map)
                      .editMetadata()
                      .withLabels(Map.of())
                      .endMetadata()
                      .build())
          .settle();

      assertThat(world.list(Deployment.class)).isEmpty();
      assertThat(world.list(Service.class)).isEmpty();
      assertThat(world.timers(page("hello"))).isEmpty();
      world.verify();
    }
  }

  @Test
  void deletedServersComeBackWhateverCrashes() {
    for (long seed = 0; seed < 50; seed++) {
      try (var world = World.builder().with(new WebPageController()).seed(seed).start()) {
        world.apply(page("hello")).steps((int) seed).crash().steps(5);
        world.list(Deployment.class).forEach(world::delete);
        world.settle().advance(Duration.ofMinutes(10)).settle();

        assertThat(world.list(Deployment.class)).as("seed " + seed).hasSize(1);
        assertThat(world.list(Service.class)).as("seed " + seed).hasSize(1);
        world.verify();
      }
    }
  }

  private static ConfigMap page(String text) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withName("home")
        .addToLabels(WebPage.SERVE, "true")
        .endMetadata()
        .addToData("index.html", text)
        .build();
  }

  private static Deployment deployment(World world) {
    return world.get(Deployment.class, NAMESPACE, "home").orElseThrow();
  }

  private static Deployment withAllServersUp(Deployment deployment) {
    return new DeploymentBuilder(deployment)
        .editMetadata()
        .withResourceVersion(null)
        .endMetadata()
        .withNewStatus()
        .withObservedGeneration(deployment.getMetadata().getGeneration())
        .withReplicas(2)
        .withUpdatedReplicas(2)
        .withReadyReplicas(2)
        .withAvailableReplicas(2)
        .endStatus()
        .build();
  }

  private static String content(Deployment deployment) {
    var template = deployment.getSpec().getTemplate().getMetadata();
    return Objects.requireNonNull(template.getAnnotations().get(WebPage.CONTENT));
  }

  private static Map<String, String> annotations(World world) {
    return world
        .get(ConfigMap.class, NAMESPACE, "home")
        .orElseThrow()
        .getMetadata()
        .getAnnotations();
  }

  private static List<String> reasons(World world) {
    return world.list(Event.class).stream().map(Event::getReason).toList();
  }
}
