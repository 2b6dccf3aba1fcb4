package dev.troupe.runtime.collection;

import dev.troupe.runtime.collection.index.Roots;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.store.PartitionId;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;

/// The partitions of this member: where to write, and what to read without a message.
public final class PartitionDirectory {

  /// @param roots what the partition publishes
  /// @param epoch the epoch that it is in; 0 while it is not open
  public record Local(
      PartitionId id, ActorRef<PartitionMessage> ref, Roots roots, LongSupplier epoch) {

    /// @param here the address of this member
    public PartitionReport report(String here) {
      var root = roots.newest();
      long number = epoch.getAsLong();
      return root == null
          ? new PartitionReport(id, here, false, number, 0, 0)
          : new PartitionReport(id, here, number > 0, number, root.size(), root.version());
    }
  }

  private final ConcurrentHashMap<PartitionId, CompletableFuture<Local>> partitions =
      new ConcurrentHashMap<>();

  /// Completes when the partition is here.
  public CompletionStage<Local> find(PartitionId id) {
    return partitions.computeIfAbsent(id, _ -> new CompletableFuture<>());
  }

  /// Those that are here.
  public Collection<Local> all() {
    return partitions.values().stream()
        .filter(local -> local.isDone() && !local.isCompletedExceptionally())
        .map(CompletableFuture::join)
        .toList();
  }

  public List<PartitionId> missing(Collection<PartitionId> wanted) {
    return wanted.stream()
        .filter(id -> {
          var local = partitions.get(id);
          return local == null || !local.isDone();
        })
        .toList();
  }

  /// The partition is here from now on.
  public void arrived(Local local) {
    partitions.compute(
        local.id(),
        (_, former) -> {
          if (former != null && !former.isDone()) {
            former.complete(local);
            return former;
          }
          return CompletableFuture.completedFuture(local);
        });
  }

  void left(Local local) {
    partitions.computeIfPresent(
        local.id(),
        (_, current) -> current.isDone() && current.join().equals(local) ? null : current);
  }
}
