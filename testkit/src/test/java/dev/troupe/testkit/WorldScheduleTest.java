package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.controller.Copies;
import dev.troupe.testkit.world.controller.HostFlaw;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Controllers on random schedules. The number of schedules is `-Dtroupe.schedules`.
class WorldScheduleTest {

  private static final int SCHEDULES = Integer.getInteger("troupe.schedules", 200);

  @Test
  void whatIsPlannedComesTrue() {
    try (var world = World.of(new Copies(Duration.ofHours(12)))) {
      world.apply(deployment("web", 3)).settle();

      assertThat(world.list(ConfigMap.class))
          .extracting(copy -> copy.getMetadata().getName())
          .containsExactly("web-0", "web-1", "web-2");
      var web = world.get(Deployment.class, "default", "web").orElseThrow();
      assertThat(web.getStatus().getReplicas()).isEqualTo(3);
      assertThat(web.getMetadata().getFinalizers()).containsExactly("test.troupe.dev/copies");
      world.verify();
    }
  }

  @Test
  void deletedCopyComesBackAndSurplusGoes() {
    try (var world = World.of(new Copies(Duration.ofHours(12)))) {
      world.apply(deployment("web", 3)).settle();
      world.delete(ConfigMap.class, "default", "web-1").settle();
      assertThat(world.list(ConfigMap.class)).hasSize(3);

      world.apply(deployment("web", 1)).settle();
      assertThat(world.list(ConfigMap.class)).hasSize(1);
      world.verify();
    }
  }

  @Test
  void timerFiresOnceAfterEachPeriodAndOnceAfterAnOutage() {
    try (var world = World.of(new Copies(Duration.ofHours(12)))) {
      world.apply(deployment("kitchen", 1)).settle();
      world.crashOwnerOf("Deployment/kitchen").settle();
      world.advance(Duration.ofHours(13)).settle();
      world.expectCall(new Copies.Defrost("kitchen2026-01-01T12:00:00Z"), Times.times(1));

      world.advance(Duration.ofHours(12)).settle();
      world.expectCall(new Copies.Defrost("kitchen2026-01-02T00:00:00Z"), Times.times(1));
      assertThat(world.list(Event.class))
          .singleElement()
          .satisfies(event -> assertThat(event.getReason()).isEqualTo("Defrosted"));
      world.verify();
    }
  }

  @Test
  void finalizerGoesOnlyWhenTheLastCallHasSucceeded() {
    try (var world = World.of(new Copies(Duration.ofHours(12)))) {
      var failures = new int[] {3};
      world.answer(
          Copies.SayGoodbye.class,
          _ -> {
            if (failures[0]-- > 0) {
              throw new IllegalStateException("nobody listens");
            }
            return "bye";
          });
      world.apply(deployment("web", 2)).settle();
      world.delete(Deployment.class, "default", "web").steps(12);
      assertThat(world.get(Deployment.class, "default", "web")).isPresent();

      world.settle();
      assertThat(world.get(Deployment.class, "default", "web")).isEmpty();
      assertThat(failures[0]).isLessThan(0);
      world.expectCall(new Copies.SayGoodbye("web"), Times.times(1));
      assertThat(world.remembered("copies", Keys.deployment("web"))).isEmpty();
      world.verify();
    }
  }

  @Test
  void desiredStateIsReachedAndKeptAfterAnyCrashes() {
    for (long seed = 0; seed < SCHEDULES; seed++) {
      try (var world = world(seed, HostFlaw.NONE)) {
        isReachedAfterAnyCrashes(world, seed);
        world.verify();
        var before = world.list(ConfigMap.class);
        world.crash().settle();
        assertThat(world.list(ConfigMap.class)).as("seed " + seed).isEqualTo(before);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void flawIsFound(HostFlaw flaw) {
    assertThat(LongStream.range(0, SCHEDULES).anyMatch(seed -> isFound(seed, flaw))).isTrue();
  }

  private static boolean isFound(long seed, HostFlaw flaw) {
    try (var world = world(seed, flaw)) {
      isReachedAfterAnyCrashes(world, seed);
      world.verify();
      return false;
    } catch (AssertionError found) {
      return true;
    }
  }

  private static World world(long seed, HostFlaw flaw) {
    return World.builder().with(new Copies(Duration.ofHours(12))).seed(seed).flaw(flaw).start();
  }

  private static void isReachedAfterAnyCrashes(World world, long seed) {
    var random = new Random(seed);
    int wanted = 0;
    for (int i = 0; i < 12; i++) {
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          wanted = random.nextInt(4);
          world.apply(deployment("web", wanted));
        }
        case 2 -> world.crash();
        case 3 -> world.secondMember();
        case 4 -> world.list(ConfigMap.class).stream().findAny().ifPresent(world::delete);
        default -> world.advance(Duration.ofMillis(random.nextInt(500)));
      }
      world.steps(random.nextInt(40));
    }
    world.settle();
    world.advance(Duration.ofMinutes(10)).settle();
    assertThat(world.list(ConfigMap.class)).as("seed " + seed).hasSize(wanted);
  }

  static Deployment deployment(String name, int replicas) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withNewSelector()
        .addToMatchLabels("app", name)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("app", name)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("example.com/app")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
