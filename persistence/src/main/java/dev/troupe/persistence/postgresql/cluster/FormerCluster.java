package dev.troupe.persistence.postgresql.cluster;

import dev.troupe.persistence.postgresql.session.Database;
import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.TwoClocks;
import dev.troupe.runtime.liveness.logic.Forming;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.cluster.Standing;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is left of a cluster on a database that somebody wants for himself. While its members are
/// there he is refused; if they did not leave he waits until none of them can be reading.
public final class FormerCluster {

  private static final Logger LOG = LoggerFactory.getLogger(FormerCluster.class);
  private static final MemberId NOBODY = new MemberId("", 0);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Database database;
  private final Forming forming = new Forming(NOBODY, LeaseSettings.DEFAULT);

  public FormerCluster(Database database) {
    this.database = database;
  }

  /// From now on this process is of the present cluster, whoever is in it.
  public void join() {
    database.incarnation().clusterIs(look().cluster());
  }

  /// Whoever was of the cluster can open nothing any more.
  ///
  /// @throws StoreException while its members are there
  public void end() {
    boolean isTold = false;
    var first = look();
    for (var shown = first; !isOver(shown); shown = look()) {
      if (!shown.isStill(first)) {
        throw new StoreException(
            database.settings().place()
                + " is in use by a cluster of "
                + Forming.names(shown.roll())
                + "; stop its members, or name another database");
      }
      switch (forming.on(shown, new TwoClocks(0, System.nanoTime()))) {
        case Forming.Step.Form(var seen) -> first = end(seen);
        case Forming.Step.Wait(_, var why) -> {
          if (!isTold) {
            LOG.info("waits: {}", why);
            isTold = true;
          }
          pause();
        }
        case Forming.Step.Inside _, Forming.Step.Struck _ ->
            throw new IllegalStateException("nobody is in " + shown);
      }
    }
    join();
  }

  private static boolean isOver(Standing shown) {
    return shown.roll().members().isEmpty() && shown.roll().number() == shown.cluster();
  }

  private Standing end(Standing seen) {
    return database.askWriter(connection -> {
      RollStatements.end(connection, seen);
      return RollStatements.look(connection, NOBODY);
    });
  }

  private Standing look() {
    return database.askWriter(connection -> RollStatements.look(connection, NOBODY));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while the database is opened");
    }
  }
}
