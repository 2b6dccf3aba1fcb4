package dev.troupe.testkit.world.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.logic.SimpleMutator;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.testkit.world.FaultRates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is stored while the standby is gone, before the standby takes the store's place.
class UnreplicatedTest {

  private final List<WriteReply> replies = new ArrayList<>();

  @Test
  void whatNoStandbyHasIsNotAcknowledged() {
    var world = world(Flaw.NONE);
    write(world, "before");
    world.store().loseStandby();
    write(world, "unreplicated");
    assertThat(replies).hasOnlyElementsOfType(WriteReply.Written.class).hasSize(1);

    world.store().failOver();
    pass(world);
    write(world, "after");

    assertThat(replies).last().isInstanceOf(WriteReply.Written.class);
    assertThat(world.violations()).isEmpty();
  }

  @Test
  void openThatIgnoresWarningsIsFound() {
    var world = world(Flaw.IGNORES_WARNINGS);
    write(world, "before");
    world.store().loseStandby();
    write(world, "unreplicated");
    world.store().failOver();
    pass(world);

    assertThat(world.violations()).anyMatch(what -> what.startsWith("acknowledged and not stored"));
  }

  private static PartitionWorld world(Flaw flaw) {
    var world = new PartitionWorld(1, FaultRates.NONE, 1, Writes.TYPE, new SimpleMutator(), flaw);
    pass(world);
    return world;
  }

  private void write(PartitionWorld world, String name) {
    world.write(Writes.at(world.schedule().instant()).create(name, "x"), replies::add);
    pass(world);
  }

  private static void pass(PartitionWorld world) {
    world.schedule().advance(Duration.ofSeconds(5));
  }
}
