package dev.troupe.clusterconfig.command.ensemble;

import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.status.TextTable;
import dev.troupe.clusterconfig.ensemble.Ensemble;
import dev.troupe.clusterconfig.ensemble.EnsembleDatabase;
import dev.troupe.clusterconfig.ensemble.Seat;
import dev.troupe.clusterconfig.instance.Instance;
import java.io.PrintWriter;
import java.time.Duration;

/// What a person reads when several members are up.
final class EnsembleWelcome {

  private EnsembleWelcome() {}

  static void print(
      PrintWriter out, DataDirectory data, Ensemble ensemble, Instance serving, Duration took) {
    out.printf(
        "%nTroupe serves %s with %d members and %d simulated nodes (started in %.1f s)%n%n",
        serving.server().orElseThrow(),
        ensemble.seats().size(),
        serving.nodes(),
        took.toMillis() / 1_000.0);
    table(data, ensemble).print(out);
    out.printf(
        """

        Database: %s

          export KUBECONFIG=%s

        Try:
          kubectl get nodes
          kubectl create deployment hello --image=nginx --replicas=3
          kill -9 %s   # %s: kubectl goes on, and it is started again
        """,
        EnsembleDatabase.of(data.ensemble(), ensemble).words(),
        data.kubeconfig(),
        pid(data, ensemble.seats().getFirst()),
        ensemble.seats().getFirst().name());
  }

  private static TextTable table(DataDirectory data, Ensemble ensemble) {
    var table = new TextTable("MEMBER", "API", "PID", "LOG");
    for (var seat : ensemble.seats()) {
      table.row(seat.name(), seat.server(), pid(data, seat), data.ensemble().log(seat).toString());
    }
    return table;
  }

  private static String pid(DataDirectory data, Seat seat) {
    return data.ensemble().running(seat).map(Instance::pid).map(String::valueOf).orElse("-");
  }
}
