package dev.troupe.testkit.world.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.resource.logic.SimpleMutator;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.testkit.world.FaultRates;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a watch of one namespace needs of a collection of several partitions.
class NamespacedWatchTest {

  private static final String ALIVE = "even";
  private static final String DEAD = "odd";

  private final PartitionWorld world =
      new PartitionWorld(1, FaultRates.NONE, 2, Writes.TYPE, new SimpleMutator());

  @Test
  void namespacedWatchDependsOnItsPartitionOnly() {
    pass();
    create(ALIVE, "before");
    create(DEAD, "before");
    long ofNamespace = begin(world.watch(ALIVE, 0));
    long ofAll = begin(world.watch(0));
    assertThat(seen(ofNamespace)).containsExactly("before");
    assertThat(seen(ofAll)).containsExactly("before", "before");

    world.partition(world.placed(writes(DEAD).key("before"))).crash();
    create(ALIVE, "after");

    assertThat(seen(ofNamespace)).containsExactly("before", "after");
    assertThat(seen(ofAll)).as("what needs both partitions").doesNotContain("after");
    assertThat(world.violations()).isEmpty();
  }

  private long begin(long watch) {
    world.request(watch, Long.MAX_VALUE);
    pass();
    return watch;
  }

  private void create(String namespace, String name) {
    world.write(writes(namespace).create(name, "a"), _ -> {});
    pass();
  }

  private Writes writes(String namespace) {
    return Writes.at(world.schedule().instant()).in(namespace).withUidsEnding(namespace);
  }

  private void pass() {
    world.schedule().advance(Duration.ofSeconds(5));
  }

  private List<String> seen(long watch) {
    return world.watched(watch).stream()
        .filter(WatchItem.Changed.class::isInstance)
        .map(item -> ((WatchItem.Changed) item).resource().key().name())
        .toList();
  }
}
