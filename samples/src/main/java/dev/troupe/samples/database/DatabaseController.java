package dev.troupe.samples.database;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.RememberingController;
import dev.troupe.api.controller.View;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Duration;
import java.time.Instant;

/// Provisions databases, backs them up when it is time, and fails over when the primary is down and
/// the standby is up.
public final class DatabaseController
    implements RememberingController<ManagedDatabase, DatabaseMemory, DatabaseEvent> {

  @Override
  public Class<ManagedDatabase> resource() {
    return ManagedDatabase.class;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public String finalizer() {
    return "data.troupe.dev/data";
  }

  @Override
  public void observe(Observe<ManagedDatabase> on) {
    on.owns(Deployment.class);
  }

  @Override
  public DatabaseMemory initial() {
    return DatabaseMemory.NONE;
  }

  @Override
  public DatabaseMemory apply(DatabaseMemory memory, DatabaseEvent event) {
    return memory.with(event);
  }

  @Override
  public Plan reconcile(ManagedDatabase database, DatabaseMemory memory, View view, Cause cause) {
    var name = database.getMetadata().getName();
    if (cause instanceof Cause.Deleting) {
      return Plan.nothing().call(new DatabaseWork.Drop(name)).release();
    }
    var known = new Known(memory, Plan.nothing());
    known = provisioned(name, view, known);
    if (known.memory.isProvisioned()) {
      known = failedOver(name, view, known);
      known = backedUp(database, view, known);
    }
    return known
        .plan
        .own(DatabaseServers.of(database, "a"))
        .own(DatabaseServers.of(database, "b"))
        .status(known.memory.status());
  }

  /// What is known and planned so far.
  private record Known(DatabaseMemory memory, Plan plan) {

    Known with(Plan other) {
      return new Known(memory, other);
    }

    Known learnt(DatabaseEvent event) {
      return new Known(memory.with(event), plan.remember(event));
    }
  }

  /// What an activity has come to is asked of the view, not of the cause: a cause may be lost.
  private static Known provisioned(String name, View view, Known known) {
    if (known.memory.isProvisioned()) {
      return known;
    }
    var provision = new DatabaseWork.Provision(name);
    return view.result(provision).isPresent()
        ? known.learnt(new DatabaseEvent.Provisioned(view.now().toString()))
        : known.with(known.plan.call(provision).waitFor("provisioning", "its data are being made"));
  }

  private static Known failedOver(String name, View view, Known known) {
    var memory = known.memory;
    if (isUp(name, memory.primary(), view) || !isUp(name, memory.standby(), view)) {
      return known;
    }
    var promote = new DatabaseWork.Promote(name, memory.standby(), memory.failovers() + 1);
    return view.result(promote).isPresent()
        ? known.learnt(new DatabaseEvent.FailedOver(memory.standby()))
        : known.with(
            known.plan.call(promote).waitFor("failover", memory.standby() + " is promoted"));
  }

  private static Known backedUp(ManagedDatabase database, View view, Known known) {
    var every = Duration.ofHours(database.getSpec().backupEveryHours());
    var due = Instant.parse(known.memory.lastBackup()).plus(every);
    if (!view.now().isBefore(due)) {
      var backup = new DatabaseWork.BackUp(database.getMetadata().getName(), due.toString());
      if (view.result(backup).isEmpty()) {
        return known.with(known.plan.call(backup).waitFor("backup", "due at " + due));
      }
      known = known.learnt(new DatabaseEvent.BackedUp(due.toString()));
      due = due.plus(every);
    }
    // One that is over already fires at once.
    return known.with(known.plan.timer("backup-" + due, Duration.between(view.now(), due)));
  }

  private static boolean isUp(String name, String server, View view) {
    return view.get(Deployment.class, name + "-" + server)
        .map(Deployment::getStatus)
        .map(DeploymentStatus::getAvailableReplicas)
        .filter(up -> up > 0)
        .isPresent();
  }
}
