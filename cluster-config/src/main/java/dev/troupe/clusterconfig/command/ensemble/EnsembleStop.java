package dev.troupe.clusterconfig.command.ensemble;

import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.run.ProcessStop;
import dev.troupe.clusterconfig.ensemble.Ensemble;
import dev.troupe.clusterconfig.ensemble.EnsembleDatabase;
import dev.troupe.clusterconfig.ensemble.Seat;
import java.util.function.Consumer;

/// Stops the members of one machine, one after the other so that each hands over what it has, and
/// then their database. Nobody may start them meanwhile.
public final class EnsembleStop {

  private final DataDirectory data;
  private final Ensemble ensemble;
  private final Consumer<String> told;

  public EnsembleStop(DataDirectory data, Ensemble ensemble, Consumer<String> told) {
    this.data = data;
    this.ensemble = ensemble;
    this.told = told;
  }

  /// Returns when nothing runs any more.
  ///
  /// @return whether anything did
  /// @throws CommandFailedException if something does not go
  public boolean stopAll() {
    boolean some = false;
    for (var seat : ensemble.seats().reversed()) {
      some = stop(seat) || some;
    }
    return stopDatabase() || some;
  }

  /// @return whether it ran
  public boolean stop(Seat seat) {
    var running = data.ensemble().running(seat);
    running.ifPresent(instance -> {
      var directory = new DataDirectory(data.ensemble().of(seat));
      var how = new ProcessStop(directory, ProcessStop.Patience.STANDARD).end(instance);
      told.accept(seat.name() + ": " + how.words().formatted(instance.pid()).strip());
    });
    return running.isPresent();
  }

  private boolean stopDatabase() {
    var database = EnsembleDatabase.of(data.ensemble(), ensemble);
    var running = database.pid();
    running.ifPresent(pid -> {
      database.own().orElseThrow().stop();
      told.accept("PostgreSQL: stopped (pid %d)".formatted(pid));
    });
    return running.isPresent();
  }
}
