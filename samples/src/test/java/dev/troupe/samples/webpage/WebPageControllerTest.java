package dev.troupe.samples.webpage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.World;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The controller on the runtime's own state machines, in virtual time: no server, no waiting.
class WebPageControllerTest {

  @Test
  void contentOfYesterdayIsCalledStaleThoughItsMemberCrashed() {
    try (var world = World.of(new WebPageController())) {
      world.apply(page("hello")).settle();
      world.advance(Duration.ofHours(23)).crashOwnerOf("WebPage/home").settle();
      assertThat(status(world).fresh()).isTrue();

      world.advance(Duration.ofHours(1)).settle();
      assertThat(status(world).fresh()).isFalse();
      assertThat(world.timers(page("hello"))).isEmpty();
      world.verify();
    }
  }

  @Test
  void servesAPageAndSaysWhatItWaitsFor() {
    try (var world = World.of(new WebPageController())) {
      world.apply(page("hello")).settle();

      assertThat(world.the(ConfigMap.class, "home").getData()).containsEntry("index.html", "hello");
      assertThat(world.the(Service.class, "home").getMetadata().getOwnerReferences())
          .singleElement()
          .satisfies(owner -> assertThat(owner.getKind()).isEqualTo("WebPage"));
      assertThat(world.waits(page("hello")))
          .singleElement()
          .satisfies(wait -> assertThat(wait.explanation()).isEqualTo("0 are up"));

      world.applyWithStatus(withAllServersUp(world.the(Deployment.class, "home"))).settle();
      assertThat(status(world).ready()).isEqualTo(2);
      assertThat(world.waits(page("hello"))).isEmpty();
      world.verify();
    }
  }

  @Test
  void newContentRollsTheServersAndIsFreshForAsLong() {
    try (var world = World.of(new WebPageController())) {
      world.apply(page("hello")).settle();
      world.advance(Duration.ofHours(23)).apply(page("hello again")).settle();
      var template = world.the(Deployment.class, "home").getSpec().getTemplate().getMetadata();
      assertThat(template.getAnnotations())
          .containsEntry(PageObjects.CONTENT, PageObjects.digest("hello again"));

      world.advance(Duration.ofHours(23)).settle();
      assertThat(status(world).fresh()).isTrue();
      world.advance(Duration.ofHours(1)).settle();
      assertThat(status(world).fresh()).isFalse();
      world.verify();
    }
  }

  @Test
  void deletedServersComeBackWhateverCrashes() {
    for (long seed = 0; seed < 20; seed++) {
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

  private static WebPage page(String html) {
    var page = new WebPage();
    page.setMetadata(new ObjectMetaBuilder().withNamespace("default").withName("home").build());
    page.setSpec(new WebPage.Spec(html, 2));
    return page;
  }

  private static WebPage.Status status(World world) {
    return world.the(WebPage.class, "home").getStatus();
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
}
