package dev.troupe.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.relay.Relays;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.InstantSource;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.Test;

class MemberCollectionsTest {

  private static final TypeRef CRON_TABS = new TypeRef("stable.example.com", "crontabs");

  private final InMemoryEventStore store = new InMemoryEventStore(InstantSource.system());
  private final Placement placement = new Placement(Map.of());

  @Test
  void definedTypeHasAsManyPartitionsAsTheStoreSays() {
    store.partitions(CRON_TABS, 3).toCompletableFuture().join();

    collections("default = 1").open(CRON_TABS).toCompletableFuture().join();

    assertThat(placement.partitions(CRON_TABS)).hasSize(3);
  }

  @Test
  void typeWhosePartitionsAreNotKnownIsNotServedAndItIsSaidWhy() {
    store.partitions(CRON_TABS, 3).toCompletableFuture().join();
    var collections = collections("\"crontabs.stable.example.com\" = 2");

    assertThatThrownBy(() -> collections.open(CRON_TABS).toCompletableFuture().join())
        .hasCauseInstanceOf(UnavailableException.class)
        .hasMessageContaining("crontabs.stable.example.com cannot be served yet")
        .hasMessageContaining("the stored count is 3");
    assertThat(placement.has(CRON_TABS)).isFalse();
  }

  private MemberCollections collections(String counts) {
    var config =
        ConfigFactory.parseString("troupe.runtime.partitions { " + counts + " }")
            .withFallback(ConfigFactory.defaultReference());
    var directory = new PartitionDirectory();
    var relays =
        new Relays(
            new NoActors(),
            type -> {
              throw new AssertionError("nobody reads " + type);
            },
            placement,
            store,
            directory);
    return new MemberCollections(PartitionCounts.from(config), store, placement, directory, relays);
  }

  private static final class NoActors implements Relays.Spawner {

    @Override
    public <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
      throw new AssertionError("nobody watches: " + name);
    }

    @Override
    public void stop(ActorRef<?> actor) {
      throw new AssertionError("nobody watched: " + actor);
    }
  }
}
