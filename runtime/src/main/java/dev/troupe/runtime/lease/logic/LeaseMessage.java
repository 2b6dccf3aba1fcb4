package dev.troupe.runtime.lease.logic;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a member learns that concerns leases.
public sealed interface LeaseMessage {

  /// It is time for another round.
  record Tick() implements LeaseMessage {}

  /// So long has passed as [LeaseEffect.LookAgain] asked for.
  record Look() implements LeaseMessage {}

  record Received(MemberId from, LeaseLetter letter) implements LeaseMessage {}

  /// The store's answer to a [LeaseEffect.Beat]; without one nothing is said.
  record Beaten(long beat, Roll newest) implements LeaseMessage {}

  /// The store's answer to a [LeaseEffect.WriteRoll]; without one it is not known whether it was
  /// written.
  ///
  /// @param newest what is written now, be it what was wanted or not
  record RollWritten(Roll newest) implements LeaseMessage {}

  /// Who should be in the roll that follows this one.
  record Wanted(long roll, Set<MemberId> members) implements LeaseMessage {}

  /// To whom nothing is granted: members that are seen as down or have been voted down.
  record Distrusted(Set<MemberId> members) implements LeaseMessage {}

  /// Wants to know of the first lease that is asked for from now on.
  record AwaitLease(long ticket) implements LeaseMessage {}

  /// Wants to know of the first lease that is asked for from now on, when in addition nobody who
  /// had the partition before can be covered any more.
  ///
  /// @param owner who served it last; null for a member that was alone, and noted nothing
  record AwaitGuard(long ticket, @Nullable MemberId owner) implements LeaseMessage {}

  /// This member is about to go, and serves nothing any more: it wants to leave the roll. If it is
  /// the last, its cluster ends.
  record Conclude() implements LeaseMessage {}

  /// Does not want to know any more.
  record Forget(long ticket) implements LeaseMessage {}
}
