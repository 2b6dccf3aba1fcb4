package dev.troupe.clusterconfig.ensemble;

import dev.troupe.clusterconfig.member.MemberFailedException;
import java.util.Optional;
import java.util.Set;

/// Which members there are to be, by what was asked for and what is there.
///
/// @param members how many are asked for
/// @param store the database that is asked for; empty if none is named
/// @param doorPort of the front door
public record EnsembleChoice(int members, String store, int doorPort) {

  /// @param former what was there
  /// @param someRun whether some of those run, who know the others by their ports
  /// @throws MemberFailedException if that cannot be; says what to do
  public Ensemble over(Optional<Ensemble> former, boolean someRun, FreePorts free) {
    former.ifPresent(one -> refuseOthers(one, someRun));
    if (someRun) {
      return former.orElseThrow();
    }
    var place = store.isEmpty() ? former.map(Ensemble::store).orElse("") : store;
    return Ensemble.of(place, members, former, free, Set.of(doorPort));
  }

  private void refuseOthers(Ensemble former, boolean someRun) {
    if (!store.isEmpty() && former.hasOwnDatabase()) {
      throw refused(
          "its data are in a PostgreSQL of its own, and --store names another database: leave that"
              + " out; or name a new directory with --data, and take the data along with `troupe"
              + " backup` and `troupe restore`");
    }
    if (someRun && former.seats().size() != members) {
      throw refused(
          "%d members run and %d are asked for: go on with those, or stop them first"
              .formatted(former.seats().size(), members));
    }
    if (someRun && !store.isEmpty() && !store.equals(former.store())) {
      throw refused(
          "members run on %s: go on with that, or stop them first".formatted(former.store()));
    }
  }

  private static MemberFailedException refused(String reason) {
    return new MemberFailedException(reason, null);
  }
}
