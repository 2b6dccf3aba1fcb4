package dev.troupe.runtime.liveness.logic;

import dev.troupe.runtime.lease.MemberId;
import java.util.Set;

/// What is to be done about the life of others.
public sealed interface LivenessEffect {

  /// Tells all others that this member votes somebody down.
  record Vote(MemberId victim, Why why) implements LivenessEffect {}

  /// Grants no leases to these, until it says otherwise.
  record Distrust(Set<MemberId> members) implements LivenessEffect {}

  /// These should be in the roll after that one.
  record Want(long roll, Set<MemberId> members) implements LivenessEffect {}

  /// The cluster, too, is to take this one for dead: it has been struck from the roll.
  record Remove(MemberId victim) implements LivenessEffect {}

  /// Why somebody is voted down.
  enum Why {
    /// No process is there.
    REFUSED,
    /// It is there, frozen, or behind a cut.
    SILENT;

    /// Reads its name; what a newer member says otherwise is no more than a refusal.
    public static Why of(String name) {
      return name.equals(SILENT.name()) ? SILENT : REFUSED;
    }
  }
}
