package dev.troupe.persistence.postgresql.session;

import dev.troupe.persistence.postgresql.PostgresSettings;
import dev.troupe.runtime.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;

/// Shows at the start that a session is what the engine takes it for: its settings hold, everything
/// that is said in it goes to one back end, and nobody else is on that. Whatever hands out back
/// ends by the transaction keeps none of it: locks, deadlines and prepared statements would be
/// somebody else's.
public final class SessionProof {

  private final Database database;

  public SessionProof(Database database) {
    this.database = database;
  }

  /// @throws StoreException if it is not so; says what to do
  public void prove() {
    try (var one = database.writer();
        var other = database.writer()) {
      int mine = backEnd(one);
      // Who hands out the one that was idle longest is found by the first comparison, who hands out
      // the last one by the second.
      if (backEnd(one) != mine || backEnd(other) == mine || !hasItsSettings(one)) {
        throw pooled(database.settings());
      }
    } catch (SQLException failure) {
      throw database.failed(failure);
    }
  }

  private static int backEnd(Connection session) throws SQLException {
    try (var statement = session.createStatement()) {
      var row = statement.executeQuery("SELECT pg_backend_pid()");
      row.next();
      return row.getInt(1);
    }
  }

  private boolean hasItsSettings(Connection session) throws SQLException {
    try (var statement =
        session.prepareStatement(
            "SELECT current_setting('synchronous_commit') = 'on'"
                + " AND current_setting('transaction_isolation') = 'read committed'"
                + " AND EXISTS (SELECT FROM pg_settings"
                + " WHERE name = 'statement_timeout' AND setting = ?)")) {
      statement.setString(1, Long.toString(database.settings().statementTimeout().toMillis()));
      var row = statement.executeQuery();
      row.next();
      return row.getBoolean(1);
    }
  }

  static StoreException pooled(PostgresSettings settings) {
    return new StoreException(
        "something in front of the database "
            + settings.place()
            + " shares its sessions between clients, or drops their settings, as a pooler of"
            + " transactions does; name the database itself, or let it pool sessions");
  }
}
