package dev.troupe.clusterconfig.command.ensemble;

import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.ensemble.Ensemble;
import dev.troupe.clusterconfig.ensemble.Seat;

/// The members that a command means.
public final class EnsembleMembers {

  private EnsembleMembers() {}

  /// @throws CommandFailedException if the data directory is not that of many members
  public static Ensemble required(DataDirectory data) {
    return data.ensemble()
        .file()
        .read()
        .orElseThrow(() ->
            new CommandFailedException(
                "%s is not of several members; those are started with: ./troupe up --members 3%s"
                    .formatted(data.root(), data.option())));
  }

  /// @throws CommandFailedException if there is none of that number
  public static Seat seat(Ensemble ensemble, int number) {
    return ensemble
        .seat(number)
        .orElseThrow(() ->
            new CommandFailedException(
                "there is no member %d: they are 1 to %d"
                    .formatted(number, ensemble.seats().size())));
  }
}
