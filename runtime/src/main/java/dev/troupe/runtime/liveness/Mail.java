package dev.troupe.runtime.liveness;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.logic.LeaseLetter;
import dev.troupe.runtime.liveness.logic.LivenessEffect;

/// How what is said about leases and lives reaches another member. Any of it may be lost, late or
/// repeated.
public interface Mail {

  void letter(MemberId to, LeaseLetter letter);

  /// @param victim whom this member votes down
  void vote(MemberId to, MemberId victim, LivenessEffect.Why why);
}
