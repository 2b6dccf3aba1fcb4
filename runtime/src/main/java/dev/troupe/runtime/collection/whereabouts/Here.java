package dev.troupe.runtime.collection.whereabouts;

import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.collection.index.Roots;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.waiting.Deliveries;
import dev.troupe.runtime.store.PartitionId;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;

/// A partition of this member, which can be read without a message.
///
/// @param roots what the partition publishes
/// @param epoch the epoch that it is in; 0 while it is not open
/// @param deliveries how far those are who follow it
public record Here(
    PartitionId id,
    ActorRef<PartitionMessage> ref,
    Roots roots,
    LongSupplier epoch,
    Deliveries deliveries)
    implements Whereabouts {

  @Override
  public void tell(PartitionMessage.Request request) {
    ref.tell(request);
  }

  /// @param here the address of this member
  public PartitionReport report(String here) {
    var root = roots.newest();
    long number = epoch.getAsLong();
    return root == null
        ? new PartitionReport(id, here, false, number, 0, 0)
        : new PartitionReport(id, here, number > 0, number, root.size(), root.version());
  }
}
