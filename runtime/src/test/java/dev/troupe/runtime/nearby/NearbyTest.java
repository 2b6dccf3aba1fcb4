package dev.troupe.runtime.nearby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.logic.Writes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When what is at hand may be believed.
class NearbyTest {

  private static final TypeRef TYPE = Writes.COLLECTION;
  private static final ResourceKey A = new ResourceKey(TYPE, "", "a");

  private final ListedResources resources = new ListedResources();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long newest = 10;
  private boolean current = true;
  private boolean here;
  private final Nearby nearby =
      Nearby.of(
          Set.of(TYPE),
          resources,
          _ -> here,
          _ -> CompletableFuture.completedFuture(newest),
          () -> now,
          () -> current);

  @BeforeEach
  void begin() {
    resources.version = 10;
    resources.listed = List.of(resource(A, 5, "old"));
  }

  private static StoredResource resource(ResourceKey key, long version, String uid) {
    return new StoredResource(key, uid, version, new byte[100], Map.of(), Map.of(), List.of());
  }

  private boolean isKnown() {
    return nearby.find(A).isPresent();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @Test
  void whatIsListedIsBelievedWhenTheOwnersHaveNoMore() {
    newest = 12;
    nearby.look();
    assertThat(isKnown()).isFalse();

    resources.send(new WatchItem.Progress(11));
    assertThat(isKnown()).isFalse();

    resources.send(new WatchItem.Progress(12));
    assertThat(isKnown()).isTrue();
    assertThat(nearby.all(TYPE).orElseThrow()).hasSize(1);
  }

  @Test
  void whatChangesIsFollowed() {
    nearby.look();
    resources.send(changed(WatchItem.Type.MODIFIED, resource(A, 11, "new")));
    assertThat(nearby.find(A).orElseThrow().uid()).isEqualTo("new");

    resources.send(changed(WatchItem.Type.DELETED, resource(A, 12, "new")));
    assertThat(isKnown()).isFalse();
    assertThat(nearby.all(TYPE).orElseThrow()).isEmpty();
  }

  private static WatchItem changed(WatchItem.Type type, StoredResource resource) {
    return new WatchItem.Changed(type, resource, null);
  }

  /// The stream says nothing any more, or the owner does not.
  @Test
  void afterFiveSecondsWithoutAWordOfTheOwnersNothingIsBelieved() {
    nearby.look();
    pass(Duration.ofSeconds(5));
    assertThat(isKnown()).isTrue();

    pass(Duration.ofMillis(1));
    assertThat(isKnown()).isFalse();

    nearby.look();
    assertThat(isKnown()).isTrue();
  }

  /// An answer is worth as much as the moment at which it was asked for.
  @Test
  void whoeverIsBehindTheOwnersForFiveSecondsIsNotBelieved() {
    nearby.look();
    newest = 20;
    pass(Duration.ofSeconds(3));
    nearby.look();
    pass(Duration.ofSeconds(3));
    assertThat(isKnown()).isFalse();

    resources.send(new WatchItem.Progress(20));
    assertThat(isKnown()).isTrue();
    pass(Duration.ofSeconds(3));
    assertThat(isKnown()).isFalse();
  }

  @Test
  void whoeverMayNotReadBelievesNothing() {
    nearby.look();
    current = false;
    assertThat(isKnown()).isFalse();
  }

  @Test
  void whatIsHereIsNotKeptTwice() {
    here = true;
    nearby.look();
    assertThat(resources.lists).isZero();

    here = false;
    nearby.look();
    here = true;
    assertThat(isKnown()).isFalse();
  }

  @Test
  void endOfTheWatchBeginsAnew() {
    nearby.look();
    resources.end();
    assertThat(isKnown()).isFalse();

    nearby.look();
    assertThat(resources.lists).isOne();
    pass(Duration.ofSeconds(1));
    nearby.look();
    assertThat(isKnown()).isTrue();
    assertThat(resources.lists).isEqualTo(2);
  }

  @Test
  void whatCannotBeListedIsTriedLessAndLessOften() {
    resources.failing = true;
    for (int i = 0; i < 120; i++) {
      nearby.look();
      pass(Duration.ofSeconds(1));
    }
    assertThat(resources.lists).isBetween(7, 9);
  }

  @Test
  void whatIsTooLargeIsNotKept() {
    var large = new StoredResource(A, "", 5, new byte[17 << 20], Map.of(), Map.of(), List.of());
    resources.listed = List.of(large);
    nearby.look();
    assertThat(isKnown()).isFalse();
    assertThat(resources.isWatched()).isFalse();
  }
}
