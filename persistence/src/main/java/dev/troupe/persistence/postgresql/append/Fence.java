package dev.troupe.persistence.postgresql.append;

import dev.troupe.persistence.postgresql.session.Incarnation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/// What every statement that appends begins with: locks the rows of its partitions, and holds those
/// that are open. See [AppendStatement] for why.
public final class Fence {

  static final String SQL =
      """
      WITH fence AS MATERIALIZED (
        SELECT p.id, p.epoch, p.collection FROM troupe.partition p
        WHERE p.id = ANY (?) AND p.open AND p.incarnation = ? AND p.cluster = ?
        ORDER BY p.id FOR SHARE OF p)\
      """;

  /// SQLSTATE: somebody else has held a row for too long.
  public static final String LOCK_NOT_AVAILABLE = "55P03";

  /// SQLSTATE: nobody knows whether the statement is complete.
  public static final String COMPLETION_UNKNOWN = "40003";

  private Fence() {}

  /// @param partitions each once
  /// @return the parameter that follows
  static int bind(
      Connection connection,
      PreparedStatement statement,
      Object[] partitions,
      Incarnation.Numbers numbers)
      throws SQLException {
    statement.setArray(1, connection.createArrayOf("int", partitions));
    statement.setLong(2, numbers.store());
    statement.setLong(3, numbers.cluster());
    return 4;
  }

  /// For every statement that the fence is made of, once it has committed. A commit that no longer
  /// waits for its standby succeeds with no more than a warning: it is not as durable as it must
  /// be, neither is what was stored before and is read behind it.
  public static void refuseIfWarned(Statement committed) throws SQLException {
    var warning = committed.getWarnings();
    if (warning != null) {
      throw new SQLException(
          "committed with a warning: " + warning.getMessage(), COMPLETION_UNKNOWN, warning);
    }
  }
}
