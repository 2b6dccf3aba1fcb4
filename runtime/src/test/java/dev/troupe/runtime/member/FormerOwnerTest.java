package dev.troupe.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.RefusingStore;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who has had a partition lives, and has not closed it.
class FormerOwnerTest {

  private final RefusingStore store =
      new RefusingStore(new InMemoryEventStore(InstantSource.system()));

  private Trio trio;

  @BeforeEach
  void start() throws InterruptedException {
    trio = Trio.start(store, 0, 0, 0);
  }

  @AfterEach
  void stop() {
    trio.close();
  }

  /// The store was away when it should have been closed. Its former owner takes part, and is struck
  /// never.
  @Test
  @Timeout(60)
  void partitionIsServedWhoseFormerOwnerLivesAndCouldNotCloseIt() throws InterruptedException {
    store.failEnds();
    try (var newcomer = trio.start(Trio.introduction(), Trio.ahead(0))) {
      while (newcomer.overview(List.of()).partitions().stream()
          .noneMatch(PartitionReport::serving)) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      var namespace = trio.namespaceAt(newcomer);

      assertThat(trio.isServed(namespace)).as("by one of the others").isFalse();
      var write = Writes.at(Instant.now()).in(namespace).create("a", "1");
      assertThat(trio.get(0).resources().write(write).toCompletableFuture().join())
          .isNotInstanceOf(WriteReply.Refused.class);
    }
  }
}
