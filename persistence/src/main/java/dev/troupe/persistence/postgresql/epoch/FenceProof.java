package dev.troupe.persistence.postgresql.epoch;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.postgresql.append.AppendSql;
import dev.troupe.persistence.postgresql.append.AppendStatements;
import dev.troupe.persistence.postgresql.append.EncodedGroup;
import dev.troupe.persistence.postgresql.append.Fence;
import dev.troupe.persistence.postgresql.schema.Catalog;
import dev.troupe.persistence.postgresql.session.Database;
import dev.troupe.persistence.postgresql.session.Incarnation;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.WriteCause;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Shows with two connections, once for each version of the server and of the statements, that the
/// fence holds: that what opens a partition waits for an append, and that an append which waits for
/// an `open` finds itself fenced. Runs on a partition of its own, which is gone when it is done.
public final class FenceProof {

  private static final PartitionId PARTITION =
      new PartitionId(new TypeRef("tests.troupe.dev", "fences"), 0);

  /// An advisory lock of ours.
  private static final long TURN = 0x74726f757066L;

  private static final int WAIT_MILLIS = 20;

  private final Database database;
  private final Catalog catalog = new Catalog();
  private final AppendStatements appends;
  private final Incarnation incarnation;
  private final String statements;

  public FenceProof(Database database, AppendSql appendSql) {
    this.database = database;
    this.incarnation = database.incarnation();
    this.appends = new AppendStatements(appendSql, catalog, incarnation);
    var sql = appendSql.groups() + appendSql.singles() + Epochs.OPEN;
    statements = Integer.toHexString(sql.hashCode());
  }

  /// One member after the other.
  ///
  /// @throws StoreException if it does not hold
  public void proveOnce() {
    database.askWriter(connection -> {
      text(connection, "SELECT pg_advisory_lock(" + TURN + ")");
      try {
        var proved = text(connection, "SHOW server_version") + " " + statements;
        if (!proved.equals(text(connection, "SELECT proved_on FROM troupe.meta"))) {
          // What a proof has left that was not finished.
          cleanUp(connection);
          prove();
          cleanUp(connection);
          remember(connection, proved);
        }
        return true;
      } finally {
        text(connection, "SELECT pg_advisory_unlock(" + TURN + ")");
      }
    });
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement()) {
      var row = statement.executeQuery(query);
      row.next();
      return row.getString(1);
    }
  }

  private static void cleanUp(Connection connection) throws SQLException {
    var partitions =
        "(SELECT p.id FROM troupe.partition p JOIN troupe.collection c ON c.id = p.collection"
            + " WHERE c.name = '"
            + PARTITION.collection()
            + "')";
    try (var statement = connection.createStatement()) {
      statement.execute("DELETE FROM troupe.event WHERE partition IN " + partitions);
      statement.execute("DELETE FROM troupe.fact WHERE partition IN " + partitions);
      statement.execute("DELETE FROM troupe.partition WHERE id IN " + partitions);
      statement.execute(
          "DELETE FROM troupe.collection WHERE name = '" + PARTITION.collection() + "'");
    }
  }

  private static void remember(Connection connection, String proved) throws SQLException {
    try (var statement = connection.prepareStatement("UPDATE troupe.meta SET proved_on = ?")) {
      statement.setString(1, proved);
      statement.executeUpdate();
    }
  }

  /// @throws StoreException if it does not hold
  void prove() {
    try (var member = database.writer();
        var next = database.writer()) {
      // A fact makes it the one statement, none the other.
      for (var facts : List.of(Map.of("proof", new byte[1]), Map.<String, byte[]>of())) {
        openWaitsForAppend(member, next, facts);
        waitingAppendIsFenced(member, next, facts);
      }
    } catch (SQLException failure) {
      throw database.failed(failure);
    }
  }

  private void openWaitsForAppend(Connection member, Connection next, Map<String, byte[]> facts)
      throws SQLException {
    long epoch = nextEpoch(member);
    member.setAutoCommit(false);
    try (var limit = next.createStatement()) {
      if (append(member, epoch, facts) != Outcome.STORED) {
        throw broken("an append of the present epoch is not stored");
      }
      limit.execute("SET lock_timeout = " + WAIT_MILLIS);
      nextEpoch(next);
      throw broken("a partition can be opened while an append of its former epoch is not over");
    } catch (SQLException expected) {
      if (!Fence.LOCK_NOT_AVAILABLE.equals(expected.getSQLState())) {
        throw expected;
      }
    } finally {
      member.rollback();
      member.setAutoCommit(true);
      try (var limit = next.createStatement()) {
        limit.execute("RESET lock_timeout");
      }
    }
  }

  private void waitingAppendIsFenced(Connection member, Connection next, Map<String, byte[]> facts)
      throws SQLException {
    long epoch = nextEpoch(member);
    var pid = text(member, "SELECT pg_backend_pid()");
    var append = new FutureTask<>(() -> append(member, epoch, facts));
    next.setAutoCommit(false);
    try {
      nextEpoch(next);
      Thread.ofVirtual().start(append);
      awaitWaiting(append, next, pid);
      next.commit();
    } finally {
      next.rollback();
      next.setAutoCommit(true);
    }
    if (outcome(append) != Outcome.FENCED || holdsSomething(next)) {
      throw broken("an append that waited for the partition to be opened is stored");
    }
  }

  /// The server ends an append that waits for too long, and this with it.
  private static void awaitWaiting(FutureTask<Outcome> append, Connection next, String pid)
      throws SQLException {
    var waits = "SELECT cardinality(pg_blocking_pids(" + pid + ")) > 0";
    while (!"t".equals(text(next, waits))) {
      try {
        append.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        throw broken("an append does not wait while its partition is being opened");
      } catch (TimeoutException expected) {
        // Not there yet.
      } catch (ExecutionException | InterruptedException failure) {
        throw new StoreException("the fence cannot be proved: " + failure, failure);
      }
    }
  }

  private Outcome outcome(FutureTask<Outcome> append) {
    try {
      return append.get(
          database.settings().statementTimeout().toMillis() + WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | InterruptedException | TimeoutException failure) {
      throw new StoreException("the fence cannot be proved: " + failure, failure);
    }
  }

  /// The answer is one thing, what is stored another.
  private boolean holdsSomething(Connection connection) throws SQLException {
    int partition = catalog.partition(connection, PARTITION);
    return "t"
        .equals(
            text(
                connection,
                "SELECT EXISTS (SELECT FROM troupe.event WHERE partition = "
                    + partition
                    + ") OR EXISTS (SELECT FROM troupe.fact WHERE partition = "
                    + partition
                    + ")"));
  }

  private Outcome append(Connection connection, long epoch, Map<String, byte[]> facts)
      throws SQLException {
    var group = new Group(PARTITION, epoch, List.of(event(epoch)), facts);
    return appends.execute(connection, List.of(EncodedGroup.of(group))).getFirst();
  }

  private static EventRecord event(long epoch) {
    return new EventRecord(
        PARTITION,
        epoch,
        1,
        0,
        1,
        EventRecord.Type.CREATED,
        new ResourceKey(PARTITION.collection(), "", "proof"),
        "",
        new byte[0],
        Map.of(),
        Map.of(),
        WriteCause.platform("event-store", "prove the fence"),
        "",
        0);
  }

  private long nextEpoch(Connection connection) throws SQLException {
    int partition = catalog.partition(connection, PARTITION);
    return Epochs.next(connection, partition, incarnation.present()).epoch();
  }

  private static StoreException broken(String what) {
    return new StoreException(
        "the database does not fence, so nothing would be safe in it: " + what);
  }
}
