package dev.troupe.runtime.collection.whereabouts;

import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.lease.LeaseBoard;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.PartitionId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps hosts of controllers from writing that have been replaced. Asked where the partition is,
/// when a write comes: what a host has decided it sends later, and may have slept in between.
///
/// Of each host only the newest epoch that is known here may write, and only while a lease covers
/// this member: without one, others may know of a newer.
public final class HostFence {

  private final LeaseBoard board;

  /// The newest epoch of each host. There are as many as controllers.
  private final ConcurrentHashMap<PartitionId, Long> newest = new ConcurrentHashMap<>();

  public HostFence(LeaseBoard board) {
    this.board = board;
  }

  /// @return why the write may not be stored; empty if nothing is in its way
  public Optional<Refusal> objection(WriteRequest request) {
    var host = request.host();
    if (host == null) {
      return Optional.empty();
    }
    if (!board.covers()) {
      return Optional.of(
          Refusal.unavailable(
              "the store does not answer, so that nobody knows who runs the controller; the write"
                  + " was not stored"));
    }
    long last = newest.merge(host.host(), host.epoch(), Math::max);
    return last <= host.epoch()
        ? Optional.empty()
        : Optional.of(
            Refusal.forbidden(
                request.mutation().key(),
                "it comes from epoch %d of %s, which is over since epoch %d has begun"
                    .formatted(host.epoch(), host.host(), last),
                List.of()));
  }
}
