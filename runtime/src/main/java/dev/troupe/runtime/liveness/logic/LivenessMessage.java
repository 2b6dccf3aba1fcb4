package dev.troupe.runtime.liveness.logic;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import java.util.Set;

/// What a member learns of the life of others.
public sealed interface LivenessMessage {

  record Tick() implements LivenessMessage {}

  /// A probe is connected: what follows from its loss means something.
  record Connected(MemberId member) implements LivenessMessage {}

  /// A probe that was connected is lost, and the member's port refuses another: no process is
  /// there.
  record Refused(MemberId member) implements LivenessMessage {}

  /// The member has answered something.
  record Heard(MemberId member) implements LivenessMessage {}

  /// Another member votes somebody down; repeated as long as it thinks so.
  record Voted(MemberId by, MemberId victim, LivenessEffect.Why why) implements LivenessMessage {}

  /// Whom the cluster takes for its members: up, or about to leave.
  record Membership(Set<MemberId> members) implements LivenessMessage {}

  /// The roll that this member acts by from now on.
  record Acting(Roll roll) implements LivenessMessage {}
}
