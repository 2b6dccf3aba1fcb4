package dev.troupe.runtime.collection.logic;

import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.store.EventStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a partition is in its life. What is known only in a phase is in it.
sealed interface PartitionPhase {

  /// What epochs before have left.
  ///
  /// @param lost what was in flight when the last one that served here ended
  /// @param last the last that was opened
  /// @param foreign whether somebody else had one since the last one that served here
  record Legacy(List<Lost> lost, long last, boolean foreign) {

    static final Legacy NONE = new Legacy(List.of(), 0, false);

    /// The same when another has been opened.
    Legacy with(long epoch) {
      return new Legacy(lost, epoch, foreign || epoch != last + 1);
    }
  }

  /// No epoch serves.
  sealed interface Between extends PartitionPhase {
    Legacy past();
  }

  /// Nothing is asked of the store.
  ///
  /// @param ticket of the lease that is waited for; [#LATER] while it is too early to ask for one
  record Waiting(Legacy past, long ticket) implements Between {

    static final long LATER = 0;
  }

  /// The next epoch has been asked for.
  record Opening(Legacy past) implements Between {}

  /// An epoch is open, and the newest events are being read.
  ///
  /// @param past up to this epoch
  /// @param ticket of the lease that must be there before it is served
  /// @param former who is to be struck, or to say that it has given up, before it is; null if
  ///   nobody
  /// @param leased whether it is there
  record Loading(
      Legacy past, EventStore.Opened opened, long ticket, @Nullable MemberId former, boolean leased)
      implements Between {

    Loading covered() {
      return new Loading(past, opened, ticket, null, true);
    }
  }

  /// Everything has been read, and the lease is waited for.
  record Guarding(Loading loading, PartitionMessage.Loaded loaded) implements Between {

    @Override
    public Legacy past() {
      return loading.past();
    }
  }

  /// Whose epoch it is is being stored, without which nobody is to know that it is served.
  record Noting(Ready ready) implements Between {

    /// What this is kept by; the epoch itself counts from 1.
    static final long KEEPING = 0;

    @Override
    public Legacy past() {
      return ready.past();
    }
  }

  /// Everything is there, and the epoch can be served at once.
  record Ready(Legacy past, EventStore.Opened opened, PartitionMessage.Loaded loaded)
      implements Between {}

  /// An epoch serves.
  sealed interface Open extends PartitionPhase {
    PartitionEpoch epoch();
  }

  /// Takes writes.
  record Serving(PartitionEpoch epoch) implements Open {}

  /// Takes no more writes, and finishes those that it has.
  record Leaving(PartitionEpoch epoch) implements Open {}

  /// The last epoch is being closed, or has been.
  record Gone() implements PartitionPhase {}
}
