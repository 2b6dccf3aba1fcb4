package dev.troupe.runtime.lease.logic;

import dev.troupe.runtime.lease.Cover;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import java.time.Duration;

/// What is to be done about leases.
public sealed interface LeaseEffect {

  record Send(MemberId to, LeaseLetter letter) implements LeaseEffect {}

  /// Asks the store for the newest roll; by that this member also shows that it is there.
  record Beat(long beat) implements LeaseEffect {}

  /// Asks the store to write a roll, if the newest is the one before it.
  record WriteRoll(Roll next) implements LeaseEffect {}

  /// Reads are allowed as far as this goes.
  record Publish(Cover cover) implements LeaseEffect {}

  /// From now on this member acts by a roll that it is in.
  record Act(Roll roll) implements LeaseEffect {}

  /// What was awaited is there.
  record Ready(long ticket) implements LeaseEffect {}

  /// Wants [LeaseMessage.Look] after so long.
  record LookAgain(Duration after) implements LeaseEffect {}

  /// Reads are not allowed any more, and this member must end: others may have what it had.
  ///
  /// @param astray whether its store is not that of the others, so that they let it in no more
  record Stop(String why, boolean astray) implements LeaseEffect {}

  /// This member has left the roll. If it was the last, its cluster has ended: whoever starts next
  /// need wait for nobody.
  record Concluded() implements LeaseEffect {}

  /// Moves the clock that versions are taken from ahead, to where that of another member is: what
  /// that one writes would be of the future here, and no list of both could be at one version.
  record Follow(long versionMillis) implements LeaseEffect {}

  /// Something that an operator should know.
  record Report(String what) implements LeaseEffect {}
}
