package dev.troupe.testkit.world.cluster;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.logic.LeaseLetter;
import org.jspecify.annotations.Nullable;

/// Mistakes that only a second member can make. Each is made by what carries the machines, never by
/// these, and each must be found.
enum Mutant {
  NONE,
  /// A member that has voted another down, or acts by a later roll, grants to it all the same.
  GRANT_AFTER_VOTE,
  /// A root is handed out without a look at the board.
  ZOMBIE_READ,
  /// Whoever is removed from the cluster counts as covered for no longer than a lease from then.
  REMOVAL_ENDS_GRANTS,
  /// The lease goes by the steady clock alone.
  ONE_CLOCK,
  /// A partition whose owner never served is closed cleanly.
  CLEAN_WITHOUT_SERVED,
  /// Who opens a partition counts as its owner before it serves.
  OWNER_BEFORE_SERVING,
  /// A member takes for known what it has only sent.
  SENT_IS_KNOWN,
  /// A fenced partition opens again at once, and serves without having waited for anything.
  REOPEN_AFTER_A_FENCE,
  /// A member that hears nothing of the store goes on.
  READS_WITHOUT_THE_STORE,
  /// A cluster is formed without a wait for the members of the former one.
  FORMS_AT_ONCE;

  /// What becomes of a letter: who grants what it should deny also tells nobody that he was struck.
  @Nullable LeaseLetter sends(LeaseLetter letter, MemberId to, long wallMillis) {
    if (this != GRANT_AFTER_VOTE) {
      return letter;
    }
    return switch (letter) {
      case LeaseLetter.Denied(var round, var roll) ->
          new LeaseLetter.Granted(round, roll, wallMillis, wallMillis);
      case LeaseLetter.NewRoll(var roll) -> roll.includes(to) ? letter : null;
      case LeaseLetter.Ask _, LeaseLetter.Granted _ -> letter;
    };
  }
}
