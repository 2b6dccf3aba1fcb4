package dev.troupe.runtime.collection.whereabouts;

import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.lease.LeaseBoard;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.resource.HostIdentity;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.PartitionId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps hosts of controllers from writing that have been replaced. Asked where the partition is,
/// when a write comes: what a host has decided it sends later, and may have slept in between.
///
/// - Of each host only the newest epoch that is known here may write.
/// - Only members of the roll write for controllers, and only where there is a lease. Whoever takes
///   over the hosts of a member begins when that was struck from the roll, and whoever does not
///   know it has no lease any more: so where there is one, it is known, or nobody has begun yet.
public final class HostFence {

  private final LeaseBoard board;

  /// The newest epoch of each host. There are as many as controllers.
  private final ConcurrentHashMap<PartitionId, Long> newest = new ConcurrentHashMap<>();

  private volatile Roll acting = Roll.NONE;

  public HostFence(LeaseBoard board) {
    this.board = board;
  }

  /// This member acts by a roll from now on. Told before it has a lease of that roll.
  public void acting(Roll roll) {
    acting = roll;
  }

  /// A host has begun an epoch, here or elsewhere.
  public void began(HostIdentity host) {
    newest.merge(host.host(), host.epoch(), Math::max);
  }

  /// @param from the member that sends the write; null for this one
  /// @return why it may not be stored; empty if nothing is in its way
  public Optional<Refusal> objection(@Nullable MemberId from, WriteRequest request) {
    var host = request.host();
    if (host == null) {
      return Optional.empty();
    }
    // First the lease: if it holds now, no later roll than the one that is read next matters yet.
    if (!board.covers()) {
      return Optional.of(
          unavailable(board.why() + ", so that nobody knows who runs the controller"));
    }
    var roll = acting;
    if (from != null && !roll.includes(from)) {
      return Optional.of(unavailable(from + " is not in roll " + roll.number()));
    }
    return older(host, request);
  }

  private Optional<Refusal> older(HostIdentity host, WriteRequest request) {
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

  private static Refusal unavailable(String why) {
    return Refusal.unavailable(why + "; the write was not stored");
  }
}
