package dev.troupe.samples.database;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;

/// The servers of a database.
final class DatabaseServers {

  private static final String SERVER = "data.troupe.dev/server";
  private static final String IMAGE = "postgres:18-alpine";

  private DatabaseServers() {}

  /// @param server `a` or `b`
  static Deployment of(ManagedDatabase database, String server) {
    var name = database.getMetadata().getName() + "-" + server;
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace(database.getMetadata().getNamespace())
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withReplicas(1)
        .withNewSelector()
        .addToMatchLabels(SERVER, name)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels(SERVER, name)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("server")
        .withImage(IMAGE)
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
