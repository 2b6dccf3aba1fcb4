package dev.troupe.clusterconfig.command.ensemble;

import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.ensemble.Ensemble;
import dev.troupe.clusterconfig.ensemble.EnsembleDatabase;
import dev.troupe.clusterconfig.ensemble.Seat;
import dev.troupe.clusterconfig.instance.Instance;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Tells a person who waits how far the members of a machine are: each thing once.
final class EnsembleProgress {

  private final DataDirectory data;
  private final Consumer<String> told;
  private final Map<String, String> last = new HashMap<>();

  EnsembleProgress(DataDirectory data, PrintWriter out) {
    this.data = data;
    this.told = out::println;
  }

  /// Called again and again.
  void look() {
    data.ensemble().file().read().ifPresent(this::look);
  }

  private void look(Ensemble ensemble) {
    var database = EnsembleDatabase.of(data.ensemble(), ensemble);
    database.pid().ifPresent(_ -> tell("database", "PostgreSQL: " + database.words()));
    ensemble.seats().forEach(this::look);
  }

  private void look(Seat seat) {
    words(seat, data.ensemble().running(seat)).ifPresent(words -> tell(seat.name(), words));
  }

  private static Optional<String> words(Seat seat, Optional<Instance> running) {
    return running.map(instance ->
        switch (instance.phase()) {
          case STARTING -> "%s starts (pid %d)".formatted(seat.name(), instance.pid());
          case SERVING -> "%s serves %s".formatted(seat.name(), seat.server());
          case STOPPING -> "%s leaves".formatted(seat.name());
        });
  }

  private void tell(String subject, String words) {
    if (!words.equals(last.put(subject, words))) {
      told.accept(words);
    }
  }
}
