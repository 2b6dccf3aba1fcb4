package dev.troupe.samples.database;

import io.fabric8.crd.generator.annotation.PrinterColumn;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// A database on two servers, of which one is the primary.
@Group("data.troupe.dev")
@Version("v1")
@SuppressWarnings("serial")
public final class ManagedDatabase
    extends CustomResource<ManagedDatabase.Spec, ManagedDatabase.Status> implements Namespaced {

  /// What is wanted.
  public record Spec(@Min(1) @Default("24") int backupEveryHours) {}

  /// What there is.
  ///
  /// @param primary `a`, `b`, or empty before it is provisioned
  public record Status(
      @PrinterColumn(name = "PRIMARY") String primary,
      @PrinterColumn(name = "FAILOVERS") int failovers,
      @PrinterColumn(name = "BACKUP") String lastBackup) {}
}
