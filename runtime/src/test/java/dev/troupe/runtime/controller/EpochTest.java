package dev.troupe.runtime.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.host.DecisionClock;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpochTest {

  private static final ResourceKey KEY = new ResourceKey(TypeRef.core("pods"), "default", "web");

  private final Epoch epoch = new Epoch(1, new DecisionClock(0, 0, InstantSource.system()));

  @Test
  void objectIsInQuarantineUntilItSucceedsOrIsGone() {
    epoch.failing(KEY, state(true));
    assertThat(epoch.quarantined()).isEqualTo(1);
    epoch.failing(KEY, state(true));
    assertThat(epoch.quarantined()).isEqualTo(1);

    epoch.failing(KEY, state(false));
    assertThat(epoch.quarantined()).isZero();

    epoch.failing(KEY, state(true));
    epoch.failing(KEY, null);
    assertThat(epoch.quarantined()).isZero();
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
        0);
  }
}
