package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.settings.ControllerSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Settings of controllers, in virtual time.
class SettingsTest {

  private static final ControllerSettings DEFAULT = ControllerSettings.DEFAULT;

  private final List<Instant> looks = new ArrayList<>();

  @Test
  void nothingIsDecidedWhileItIsPaused() {
    try (var world = world(DEFAULT.paused(true))) {
      world.apply(WorldScheduleTest.deployment("web", 1)).settle();
      world.advance(Duration.ofHours(1)).crash().settle();

      assertThat(looks).isEmpty();
      assertThat(world.list(ConfigMap.class)).isEmpty();
    }
  }

  @Test
  void objectIsLookedAtAgainWithoutAChange() {
    try (var world = world(DEFAULT.resync(Duration.ofMinutes(10)))) {
      world.apply(WorldScheduleTest.deployment("web", 1)).settle();
      int before = looks.size();

      world.advance(Duration.ofMinutes(61));
      assertThat(looks.size() - before).isEqualTo(2 * 6);

      world.crash().settle();
      int restarted = looks.size();
      world.advance(Duration.ofMinutes(60));
      assertThat(looks.size() - restarted).isBetween(2 * 5, 2 * 7);
      world.verify();
    }
  }

  @Test
  void withoutResyncItIsNot() {
    try (var world = world(DEFAULT)) {
      world.apply(WorldScheduleTest.deployment("web", 1)).settle();
      int before = looks.size();

      world.advance(Duration.ofDays(1));

      assertThat(looks).hasSize(before);
    }
  }

  @Test
  void noMoreAreLookedAtThanTheRateAllows() {
    try (var world = world(DEFAULT.rate(2))) {
      for (int i = 0; i < 20; i++) {
        world.apply(WorldScheduleTest.deployment("web" + i, 1));
      }
      var begun = world.now();
      world.advance(Duration.ofMinutes(1)).settle();

      for (var look : looks) {
        var second = look.plusSeconds(1);
        long within =
            looks.stream().filter(one -> !one.isBefore(look) && one.isBefore(second)).count();
        // A world asks twice each time, and one second's worth may come at once.
        assertThat(within).isLessThanOrEqualTo(2 * 4);
      }
      assertThat(looks.stream().filter(look -> look.isBefore(begun.plusSeconds(3))))
          .hasSizeLessThanOrEqualTo(2 * 8);
      assertThat(looks).hasSizeGreaterThanOrEqualTo(2 * 20);
      world.verify();
    }
  }

  @Test
  void failuresBackOffAsItSays() {
    var times = DEFAULT.backOff(Duration.ofSeconds(8), Duration.ofSeconds(10));
    var site =
        new Site(
            (_, view) -> {
              looks.add(view.now());
              throw new IllegalStateException("as asked for");
            },
            "",
            times);
    try (var world = World.of(site)) {
      world.apply(WorldScheduleTest.deployment("web", 1)).advance(Duration.ofMinutes(2));

      assertThat(looks).hasSizeBetween(12, 26);
      for (int i = 1; i < looks.size(); i++) {
        assertThat(Duration.between(looks.get(i - 1), looks.get(i)))
            .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(10));
      }
    }
  }

  private World world(ControllerSettings settings) {
    return World.of(
        new Site(
            (web, view) -> {
              looks.add(view.now());
              return Plan.nothing().own(Site.map(web.getMetadata().getName(), Map.of()));
            },
            "",
            settings));
  }
}
