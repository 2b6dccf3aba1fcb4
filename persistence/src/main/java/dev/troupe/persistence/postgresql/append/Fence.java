package dev.troupe.persistence.postgresql.append;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// What every statement that appends begins with: locks the rows of its partitions, and holds those
/// that are open. See [AppendStatement] for why.
public final class Fence {

  static final String SQL =
      """
      WITH fence AS MATERIALIZED (
        SELECT p.id, p.epoch, p.collection FROM troupe.partition p
        WHERE p.id = ANY (?) AND p.open AND p.incarnation = ?
        ORDER BY p.id FOR SHARE OF p)\
      """;

  /// SQLSTATE: somebody else has held a row for too long.
  public static final String LOCK_NOT_AVAILABLE = "55P03";

  private Fence() {}

  /// @param partitions each once
  /// @return the parameter that follows
  static int bind(
      Connection connection, PreparedStatement statement, Object[] partitions, long incarnation)
      throws SQLException {
    statement.setArray(1, connection.createArrayOf("int", partitions));
    statement.setLong(2, incarnation);
    return 3;
  }
}
