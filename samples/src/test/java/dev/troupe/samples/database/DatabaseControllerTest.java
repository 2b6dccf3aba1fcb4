package dev.troupe.samples.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.Times;
import dev.troupe.testkit.World;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Days, crashes and a failover in virtual time.
class DatabaseControllerTest {

  private static final String ORDERS = "ManagedDatabase/orders";

  private static World world() {
    return World.of(new DatabaseController())
        .answer(DatabaseWork.Provision.class, _ -> "done")
        .answer(DatabaseWork.BackUp.class, _ -> "done")
        .answer(DatabaseWork.Promote.class, _ -> "done");
  }

  private static ManagedDatabase database() {
    var database = new ManagedDatabase();
    database.setMetadata(
        new ObjectMetaBuilder().withNamespace("default").withName("orders").build());
    database.setSpec(new ManagedDatabase.Spec(24));
    return database;
  }

  private static ManagedDatabase.Status status(World world) {
    return world.the(ManagedDatabase.class, "orders").getStatus();
  }

  private static void serves(World world, String server, int available) {
    var deployment = world.the(Deployment.class, "orders-" + server);
    world.place(
        new DeploymentBuilder(deployment)
            .withNewStatus()
            .withReplicas(1)
            .withAvailableReplicas(available)
            .endStatus()
            .build());
  }

  @Test
  void isProvisionedOnceThoughEverythingCrashed() {
    try (var world = world()) {
      world.apply(database()).steps(7).crash().settle();

      world.expectCall(new DatabaseWork.Provision("orders"), Times.times(1));
      assertThat(status(world).primary()).isEqualTo("a");
      world.verify();
    }
  }

  @Test
  void isBackedUpOnceADayWhateverCrashes() {
    try (var world = world()) {
      world.apply(database()).settle();
      var begun = world.now();
      for (int day = 1; day <= 3; day++) {
        world.advance(Duration.ofHours(23)).crashOwnerOf(ORDERS).settle();
        world.advance(Duration.ofHours(1)).settle();
        var due = begun.plus(Duration.ofDays(day)).toString();
        world.expectCall(new DatabaseWork.BackUp("orders", due), Times.times(1));
        assertThat(status(world).lastBackup()).isEqualTo(due);
      }
      world.verify();
    }
  }

  @Test
  void standbyIsPromotedWhenThePrimaryIsDown() {
    try (var world = world()) {
      world.apply(database()).settle();
      serves(world, "a", 1);
      serves(world, "b", 1);
      world.settle();
      assertThat(status(world).failovers()).isZero();

      serves(world, "a", 0);
      world.settle().crash().settle();

      world.expectCall(new DatabaseWork.Promote("orders", "b", 1), Times.times(1));
      assertThat(status(world).primary()).isEqualTo("b");
      assertThat(status(world).failovers()).isEqualTo(1);
      world.verify();
    }
  }

  @Test
  void dataGoBeforeTheObject() {
    try (var world = world()) {
      world.apply(database()).settle();

      world.delete(ORDERS).settle();

      world.expectCall(new DatabaseWork.Drop("orders"), Times.times(1));
      assertThat(world.list(ManagedDatabase.class)).isEmpty();
    }
  }
}
