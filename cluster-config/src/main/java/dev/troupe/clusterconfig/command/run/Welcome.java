package dev.troupe.clusterconfig.command.run;

import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.instance.Instance;
import java.io.PrintWriter;
import java.time.Duration;

/// What a person reads when a control plane is up.
final class Welcome {

  private Welcome() {}

  static void print(PrintWriter out, DataDirectory data, Instance serving, Duration took) {
    out.printf(
        """
        Troupe serves %s with %d simulated nodes (started in %.1f s)

          export KUBECONFIG=%s

        Try:
          kubectl get nodes
          kubectl create deployment hello --image=nginx --replicas=3
          kubectl get pods -o wide --watch
        """,
        serving.server().orElseThrow(),
        serving.nodes(),
        took.toMillis() / 1_000.0,
        data.kubeconfig());
  }
}
