package dev.troupe.runtime.member;

import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.collection.whereabouts.Whereabouts;
import dev.troupe.runtime.definition.Definitions;
import dev.troupe.runtime.gateway.Joining;
import dev.troupe.runtime.lease.LeaseQueue;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The start of a member. It is over when all partitions serve, be they here or elsewhere, this
/// member may read, and no other keeps it out.
final class MemberStart implements Joining.Start {

  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> unopposed = new CompletableFuture<>();

  /// See [Member#ready].
  CompletionStage<Void> ready() {
    return ready;
  }

  @Override
  public boolean isOver() {
    return ready.isDone();
  }

  @Override
  public void unopposed() {
    unopposed.completeAsync(() -> null);
  }

  @Override
  public void turnedAway(String sentence) {
    ready.completeExceptionally(new Company.TurnedAwayException(sentence));
  }

  /// Waits, first for what is always there, as definitions are read from it.
  ///
  /// @param leases null if the member is alone
  void await(
      PartitionDirectory directory,
      Placement placement,
      @Nullable LeaseQueue leases,
      Definitions definitions,
      Duration patience) {
    var entry =
        leases == null
            ? Stream.<CompletableFuture<Void>>empty()
            : Stream.of(whenLeased(leases), unopposed);
    var _ =
        all(Stream.concat(serving(directory, placement.all()), entry))
            .thenCompose(_ -> definitions.begin())
            .thenCompose(_ -> all(serving(directory, placement.all())))
            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((_, failure) -> {
              if (failure == null) {
                ready.complete(null);
              } else {
                ready.completeExceptionally(failure);
              }
            });
  }

  private static CompletableFuture<Void> all(Stream<CompletableFuture<Void>> each) {
    return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new));
  }

  private static Stream<CompletableFuture<Void>> serving(
      PartitionDirectory directory, List<PartitionId> partitions) {
    return partitions.stream()
        .map(directory::find)
        .map(CompletionStage::toCompletableFuture)
        .map(found -> found.thenCompose(MemberStart::whenServing));
  }

  private static CompletionStage<Void> whenServing(Whereabouts partition) {
    var serving = new CompletableFuture<Void>();
    partition.tell(new PartitionMessage.Ask(0, _ -> serving.complete(null)));
    return serving;
  }

  private static CompletableFuture<Void> whenLeased(LeaseQueue leases) {
    var leased = new CompletableFuture<Void>();
    leases.awaitLease(() -> leased.completeAsync(() -> null));
    return leased;
  }
}
