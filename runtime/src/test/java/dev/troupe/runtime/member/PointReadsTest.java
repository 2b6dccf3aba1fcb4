package dev.troupe.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.SeenVersions;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.PartitionReader;
import dev.troupe.runtime.collection.reading.PastStates;
import dev.troupe.runtime.collection.whereabouts.Elsewhere;
import dev.troupe.runtime.collection.whereabouts.Freshness;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.lease.LeaseBoard;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// How long is looked for a partition that is elsewhere. Each look takes half a second here.
class PointReadsTest {

  private static final TypeRef TYPE = TypeRef.core("configmaps");
  private static final PartitionId PARTITION = new PartitionId(TYPE, 0);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final AtomicLong millis = new AtomicLong();
  private final InstantSource time = () -> Instant.ofEpochMilli(millis.get());
  private final AtomicInteger looks = new AtomicInteger();
  private final PartitionDirectory directory = new PartitionDirectory();
  private final PointReads reads =
      new PointReads(
          directory,
          new PartitionReader(
              directory,
              new PastStates(
                  new InMemoryEventStore(time),
                  _ -> IndexEntryReader.of(Writes.TYPE),
                  time,
                  Runnable::run),
              Runnable::run),
          new SeenVersions(new Placement(Map.of(TYPE, 1))),
          new Freshness(LeaseBoard.ALONE),
          time,
          Runnable::run);

  /// @param moving what is said as the reason
  /// @param failing how many looks fail before one does not
  private record Owner(AtomicLong millis, AtomicInteger looks, boolean moving, int failing)
      implements Elsewhere {

    @Override
    public CompletionStage<Sighted> get(ResourceKey key, long atLeast) {
      millis.addAndGet(LOOK.toMillis());
      return looks.incrementAndGet() <= failing
          ? CompletableFuture.failedFuture(new UnavailableException("not now", moving))
          : CompletableFuture.completedFuture(new Sighted(Optional.empty(), 7));
    }

    @Override
    public PartitionId id() {
      return PARTITION;
    }

    @Override
    public String owner() {
      return "b:1";
    }

    @Override
    public void tell(PartitionMessage.Request request) {
      throw new UnsupportedOperationException("nobody tells it anything");
    }

    @Override
    public CompletionStage<Long> newest(long atLeast) {
      throw new UnsupportedOperationException("nobody asks for its version");
    }

    @Override
    public CompletionStage<ListCursor> list(ListQuery query, boolean fromStore) {
      throw new UnsupportedOperationException("nobody lists it");
    }
  }

  private CompletableFuture<?> read(boolean moving, int failing) {
    directory.located(new Owner(millis, looks, moving, failing));
    return reads.get(PARTITION, new ResourceKey(TYPE, "default", "a"), 0).toCompletableFuture();
  }

  /// A move that takes long fails no read.
  @Test
  void partitionThatIsMovingIsLookedForForTenSeconds() {
    assertThat(read(true, 15).join()).isEqualTo(Optional.empty());
    assertThat(looks).hasValue(16);
  }

  @Test
  void moveThatDoesNotEndFailsReads() {
    assertThatThrownBy(read(true, 1000)::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(UnavailableException.class);
    assertThat(looks).hasValue(20);
  }

  /// Whoever waits for one that stays where it is and cannot answer fills the server.
  @Test
  void partitionThatCannotAnswerIsAskedForThreeSeconds() {
    assertThatThrownBy(read(false, 1000)::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(UnavailableException.class);
    assertThat(looks).hasValue(6);
  }
}
