package dev.troupe.runtime.collection.whereabouts;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.store.PartitionId;

/// Those who served a partition before, and live. Called on any thread.
public interface FormerOwners {

  /// Where nobody can be asked.
  FormerOwners NOBODY = (_, _, _, _) -> {};

  /// Asks a member to give up what it still has of epochs before this one.
  ///
  /// @param gone is run, on any thread, once it says that it has nothing of them any more; never if
  ///   it does not, or cannot be asked
  void ask(MemberId former, PartitionId partition, long epoch, Runnable gone);
}
