package dev.troupe.testkit.world.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.SimpleMutator;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.testkit.world.FaultRates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A partition that has been placed elsewhere and does not know.
class ZombieTest {

  private final PartitionWorld world =
      new PartitionWorld(1, FaultRates.NONE, 1, Writes.TYPE, new SimpleMutator());
  private final PartitionId id = world.partitions().getFirst();

  @Test
  void zombieThatWakesStopsForGood() {
    pass();
    assertWritten(write(writes().create("a", "x")));
    var zombie = world.partition(id);
    world.replace(id);
    pass();
    var owner = world.partition(id);
    long epoch = owner.epoch();

    world.writeToZombie(writes().update("a", "y"));
    pass();

    assertThat(zombie.isAlive()).isFalse();
    assertThat(zombie.reports()).last().asString().contains("somebody has opened a later one");
    assertThat(world.store().epoch(id)).isEqualTo(epoch);
    assertWritten(write(writes().update("a", "z")));
    assertThat(world.partition(id)).isSameAs(owner);
    assertThat(world.violations()).isEmpty();
  }

  @Test
  void successorWaitsUntilTheZombieCanReadNoMore() {
    pass();
    assertWritten(write(writes().create("a", "x")));
    var zombie = world.partition(id);
    world.replace(id);
    var owner = world.partition(id);

    long began = world.schedule().millis();
    while (!owner.isServing() && world.schedule().stepUntil(began + 5_000)) {
      world.read();
    }

    assertThat(owner.isServing()).isTrue();
    assertThat(zombie.read()).isEmpty();
    assertThat(zombie.roots().newest()).isNotNull();
  }

  @Test
  void partitionThatMovesIsServedAgainAndAskedForNothingTwice() {
    pass();
    assertWritten(write(writes().create("a", "x")));
    long epoch = world.partition(id).epoch();

    world.move(id);
    pass();

    assertThat(world.partition(id).epoch()).isEqualTo(epoch + 1);
    assertWritten(write(writes().update("a", "y")));
    assertThat(world.violations()).isEmpty();
  }

  private List<WriteReply> write(WriteRequest request) {
    var replies = new ArrayList<WriteReply>();
    world.write(request, replies::add);
    pass();
    return replies;
  }

  private static void assertWritten(List<WriteReply> replies) {
    assertThat(replies).hasOnlyElementsOfType(WriteReply.Written.class).hasSize(1);
  }

  private Writes writes() {
    return Writes.at(world.schedule().instant());
  }

  private void pass() {
    world.schedule().advance(Duration.ofSeconds(5));
  }
}
