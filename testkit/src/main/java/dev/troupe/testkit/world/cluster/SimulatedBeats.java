package dev.troupe.testkit.world.cluster;

import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.logic.LeaseMessage;
import dev.troupe.runtime.liveness.logic.Forming;
import dev.troupe.runtime.store.cluster.Standing;
import java.time.Duration;

/// How a member shows itself in the store, and what it does about the answer: it ends if it was
/// struck, which it may not have known, and begins a cluster where none is any more.
final class SimulatedBeats {

  private final SimulatedMember member;
  private final SharedStore store;
  private final Forming forming;
  private Roll shown = Roll.NONE;

  SimulatedBeats(SimulatedMember member, SharedStore store, LeaseSettings settings) {
    this.member = member;
    this.store = store;
    this.forming = new Forming(member.id(), patience(member.mutant(), settings));
  }

  private static LeaseSettings patience(Mutant mutant, LeaseSettings settings) {
    return mutant == Mutant.FORMS_AT_ONCE
        ? new LeaseSettings(settings.lease(), settings.renewal(), Duration.ZERO, settings.offset())
        : settings;
  }

  void beat(long beat) {
    member.call(
        () -> store.beat(member.id()),
        standing -> {
          shown = standing.roll();
          member.lease(new LeaseMessage.Beaten(beat, standing.roll()));
          join(standing);
        },
        () -> {
          if (member.mutant() == Mutant.READS_WITHOUT_THE_STORE) {
            member.lease(new LeaseMessage.Beaten(beat, shown));
          }
        });
  }

  private void join(Standing standing) {
    switch (forming.on(standing, member.clock().get())) {
      case Forming.Step.Form(var seen) ->
          member.call(
              () -> store.form(member.id(), seen),
              now -> member.lease(new LeaseMessage.RollWritten(now.roll())),
              () -> {});
      case Forming.Step.Struck() -> member.stop("it has been struck");
      case Forming.Step.Wait _, Forming.Step.Inside _ -> {}
    }
  }
}
