package dev.troupe.runtime.controller.logic.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import org.junit.jupiter.api.Test;

/// How much is told of a controller that goes in circling.
class CirclingTest {

  private static final long NOON = 1_000_000;
  private static final long OVER = 600_001;

  private final Circling circling = new Circling();

  @Test
  void objectIsToldOfOnceAndAgainWhenItWasQuietForLong() {
    assertThat(circling.tells(key(1), NOON)).isTrue();
    assertThat(circling.tells(key(1), NOON + 1_000)).isFalse();
    assertThat(circling.count(NOON + 1_000)).isEqualTo(1);

    assertThat(circling.count(NOON + 1_000 + OVER)).isZero();
    assertThat(circling.tells(key(1), NOON + 1_000 + OVER)).isTrue();
  }

  @Test
  void fewObjectsAreToldOfAtATimeButAllAreCounted() {
    long told = 0;
    for (int i = 0; i < 1_000; i++) {
      told += circling.tells(key(i), NOON + i) ? 1 : 0;
    }

    assertThat(told).isEqualTo(10);
    assertThat(circling.count(NOON + 1_000)).isEqualTo(1_000);
  }

  private static ResourceKey key(int number) {
    return new ResourceKey(TypeRef.core("pods"), "default", "p" + number);
  }
}
