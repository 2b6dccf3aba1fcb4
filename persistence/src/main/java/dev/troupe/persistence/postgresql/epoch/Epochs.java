package dev.troupe.persistence.postgresql.epoch;

import dev.troupe.persistence.postgresql.append.Fence;
import dev.troupe.persistence.postgresql.schema.Catalog;
import dev.troupe.persistence.postgresql.session.Incarnation;
import dev.troupe.runtime.store.EventStore.Opened;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.SupersededException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// Begins and ends the epochs of partitions.
public final class Epochs {

  static final String OPEN =
      """
      UPDATE troupe.partition p
      SET epoch = p.epoch + 1, open = true, unclean = before.unclean OR before.open,
        incarnation = ?, cluster = ?
      FROM (
        SELECT id, open, unclean FROM troupe.partition
        WHERE id = ? AND incarnation <= ? AND cluster <= ? FOR UPDATE) AS before
      WHERE p.id = before.id
      RETURNING p.epoch, p.unclean
      """;

  /// In one statement: pruning moves a version from one place to the other. An index of just this
  /// expression leads to it, however much is stored in other partitions.
  public static final String HIGHEST =
      """
      SELECT greatest(p.highest, (
        SELECT e.version FROM troupe.event e
        WHERE e.partition = p.id
        ORDER BY e.version + 0 DESC LIMIT 1))
      FROM troupe.partition p WHERE p.id = ?
      """;

  private static final String CLOSE =
      """
      UPDATE troupe.partition SET open = false, unclean = unclean AND NOT ?
      WHERE id = ? AND epoch = ? AND open AND incarnation = ? AND cluster = ?
      """;

  private final Catalog catalog;
  private final RowHolders holders;
  private final Incarnation incarnation;

  public Epochs(Catalog catalog, RowHolders holders, Incarnation incarnation) {
    this.catalog = catalog;
    this.holders = holders;
    this.incarnation = incarnation;
  }

  /// The new epoch of a partition, and whether somebody of before may still answer readers.
  record Begun(long epoch, boolean unclean) {}

  /// Waits for appends in flight, and ends the sessions of those that take too long.
  public Opened open(Connection connection, PartitionId partition) throws SQLException {
    int id = catalog.partition(connection, partition);
    Begun begun;
    try (var _ = holders.endWhoBlocks(connection, partition)) {
      begun = next(connection, id, incarnation.present());
    }
    return new Opened(
        begun.epoch(), facts(connection, id), !begun.unclean(), highest(connection, id));
  }

  /// @throws SupersededException if the partition is of a newer incarnation
  static Begun next(Connection connection, int partition, Incarnation.Numbers numbers)
      throws SQLException {
    try (var statement = connection.prepareStatement(OPEN)) {
      statement.setLong(1, numbers.store());
      statement.setLong(2, numbers.cluster());
      statement.setInt(3, partition);
      statement.setLong(4, numbers.store());
      statement.setLong(5, numbers.cluster());
      var row = statement.executeQuery();
      if (!row.next()) {
        throw new SupersededException(
            "the store, or the cluster on it, has gone on in a newer incarnation than this process is"
                + " of: restart Troupe");
      }
      Fence.refuseIfWarned(statement);
      return new Begun(row.getLong(1), row.getBoolean(2));
    }
  }

  /// @param served see `EventStore.close`
  public void close(Connection connection, PartitionId partition, long epoch, boolean served)
      throws SQLException {
    int id = catalog.partition(connection, partition);
    try (var statement = connection.prepareStatement(CLOSE)) {
      statement.setBoolean(1, served);
      statement.setInt(2, id);
      statement.setLong(3, epoch);
      var numbers = incarnation.present();
      statement.setLong(4, numbers.store());
      statement.setLong(5, numbers.cluster());
      statement.executeUpdate();
      Fence.refuseIfWarned(statement);
    }
  }

  private static long highest(Connection connection, int partition) throws SQLException {
    try (var statement = connection.prepareStatement(HIGHEST)) {
      statement.setInt(1, partition);
      var row = statement.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  public static Map<String, byte[]> facts(Connection connection, int partition)
      throws SQLException {
    var facts = new HashMap<String, byte[]>();
    try (var statement =
        connection.prepareStatement(
            "SELECT name, value FROM troupe.fact WHERE partition = ? AND length(value) > 0")) {
      statement.setInt(1, partition);
      var rows = statement.executeQuery();
      while (rows.next()) {
        facts.put(rows.getString(1), rows.getBytes(2));
      }
    }
    return facts;
  }
}
