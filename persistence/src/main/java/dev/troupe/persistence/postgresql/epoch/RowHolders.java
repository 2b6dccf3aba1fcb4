package dev.troupe.persistence.postgresql.epoch;

import dev.troupe.persistence.postgresql.session.Database;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends sessions that hold a partition's row for so long that its next owner waits for them: those
/// of members that froze in the middle of an append.
public final class RowHolders implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RowHolders.class);

  private final Database database;
  private final Duration patience;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("store-row-holders").daemon().factory());

  public RowHolders(Database database) {
    this.database = database;
    patience = database.settings().holderTimeout();
  }

  /// Until the answer is closed: ends whoever blocks a connection for longer than may be.
  Watch endWhoBlocks(Connection connection, PartitionId partition) throws SQLException {
    int pid = pid(connection);
    var timer =
        thread.scheduleWithFixedDelay(
            () -> end(pid, partition), patience.toMillis(), 200, TimeUnit.MILLISECONDS);
    return () -> timer.cancel(false);
  }

  private static int pid(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      var row = statement.executeQuery("SELECT pg_backend_pid()");
      row.next();
      return row.getInt(1);
    }
  }

  private void end(int blocked, PartitionId partition) {
    try {
      int ended = database.askWriter(connection -> end(connection, blocked));
      if (ended > 0) {
        LOG.warn(
            "ended {} sessions that held {} for more than {}, to open it",
            ended,
            partition,
            patience);
      }
    } catch (StoreException failure) {
      LOG.warn("sessions that hold {} cannot be ended", partition, failure);
    }
  }

  private static int end(Connection connection, int blocked) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "SELECT count(pg_terminate_backend(pid)) FROM unnest(pg_blocking_pids(?)) AS pid"
                + " WHERE pid > 0")) {
      statement.setInt(1, blocked);
      var count = statement.executeQuery();
      count.next();
      return count.getInt(1);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /// The time in which a connection is looked after.
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
