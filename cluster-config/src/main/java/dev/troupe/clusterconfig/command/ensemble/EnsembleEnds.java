package dev.troupe.clusterconfig.command.ensemble;

import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.ensemble.Ensemble;
import dev.troupe.clusterconfig.ensemble.EnsembleDatabase;
import dev.troupe.clusterconfig.instance.Instance;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Tells whoever waits for the end of all members which of them have ended.
public final class EnsembleEnds {

  private final PrintWriter out;
  private final Map<String, BooleanSupplier> running = new LinkedHashMap<>();

  public EnsembleEnds(DataDirectory data, Ensemble ensemble, PrintWriter out) {
    this.out = out;
    var database = EnsembleDatabase.of(data.ensemble(), ensemble);
    for (var seat : ensemble.seats()) {
      add(seat.name(), () -> data.ensemble().running(seat).map(Instance::pid));
    }
    add("PostgreSQL", database::pid);
  }

  private void add(String name, Supplier<Optional<Long>> pid) {
    pid.get()
        .ifPresent(found ->
            running.put(
                "%s: stopped (pid %d)".formatted(name, found), () -> pid.get().isPresent()));
  }

  /// Called again and again.
  public void look() {
    running
        .entrySet()
        .removeIf(one -> {
          boolean isGone = !one.getValue().getAsBoolean();
          if (isGone) {
            out.println(one.getKey());
          }
          return isGone;
        });
  }
}
