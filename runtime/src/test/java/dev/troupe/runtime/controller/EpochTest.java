package dev.troupe.runtime.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.host.DecisionClock;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochTest {

  private static final ResourceKey KEY = new ResourceKey(TypeRef.core("pods"), "default", "web");

  private final Epoch epoch = new Epoch(1, new DecisionClock(0, 0, InstantSource.system()), null);

  @Test
  void objectIsInQuarantineUntilItSucceedsOrIsGone() {
    assertThat(epoch.failing(KEY, state(true))).isTrue();
    assertThat(epoch.quarantined()).isEqualTo(1);
    assertThat(epoch.failing(KEY, state(true))).as("told once").isFalse();
    assertThat(epoch.quarantined()).isEqualTo(1);

    assertThat(epoch.failing(KEY, state(false))).isFalse();
    assertThat(epoch.quarantined()).isZero();

    assertThat(epoch.failing(KEY, state(true))).isTrue();
    assertThat(epoch.failing(KEY, null)).isFalse();
    assertThat(epoch.quarantined()).isZero();
  }

  @Test
  void fewAreTold() {
    var told =
        IntStream.range(0, 1_000)
            .filter(i ->
                epoch.failing(
                    new ResourceKey(TypeRef.core("pods"), "default", "web-" + i), state(true)))
            .count();

    assertThat(told).isEqualTo(10);
    assertThat(epoch.quarantined()).isEqualTo(1_000);
  }

  private static ObjectState state(boolean quarantined) {
    return new ObjectState(
        ObjectState.FORMAT,
        "test",
        KEY,
        "uid",
        1,
        Map.of(),
        List.of(),
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        new ObjectState.Retry(quarantined ? 10 : 1, 0, 0, "it fails", quarantined, null, List.of()),
        false,
        0,
        null);
  }
}
