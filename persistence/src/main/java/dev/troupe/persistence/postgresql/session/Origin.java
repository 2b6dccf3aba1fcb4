package dev.troupe.persistence.postgresql.session;

import dev.troupe.persistence.backup.NewIncarnation;
import dev.troupe.persistence.postgresql.PostgresSettings;
import dev.troupe.runtime.store.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Which history of which server this is: its identifier, and the timeline, which is another one
/// after a standby was promoted or a backup was restored. What was acknowledged last may be missing
/// then.
///
/// @param name without quotes
public record Origin(String name) {

  private static final String NAME =
      "(SELECT system_identifier::text FROM pg_control_system()) || '/'"
          + " || substring(pg_walfile_name(pg_current_wal_lsn()) FOR 8)";

  /// @throws StoreException if the database cannot be reached, or is a standby
  static Origin of(PostgresSettings settings) {
    try (var connection =
            DriverManager.getConnection(settings.url(), SoleUse.properties(settings));
        var statement = connection.createStatement()) {
      var row = statement.executeQuery("SELECT " + NAME);
      row.next();
      return new Origin(row.getString(1));
    } catch (SQLException failure) {
      throw new StoreException(
          "the database " + settings + " cannot be reached: " + failure.getMessage(), failure);
    }
  }

  /// Refuses a session on any other server or timeline: members would go on where others have been
  /// already.
  String checkedBySession() {
    return "DO $$ BEGIN IF "
        + NAME
        + " <> '"
        + name
        + "' THEN RAISE EXCEPTION 'the database is another one than at the start, or was promoted or"
        + " restored: restart Troupe'; END IF; END $$";
  }

  /// If the tables were last used elsewhere, this is a new incarnation of the store: every epoch is
  /// over, versions go on above all that can have been seen, positions of before have expired. Who
  /// had an epoch may still be answering readers, and has closed nothing.
  public void claim(Connection connection, long nowMillis) throws SQLException {
    try (var statement = connection.createStatement()) {
      var row = statement.executeQuery("SELECT origin FROM troupe.meta");
      row.next();
      var before = row.getString(1);
      if (before.equals(name)) {
        return;
      }
      if (!before.isEmpty()) {
        begin(connection, NewIncarnation.at(nowMillis).floor());
      }
      statement.execute("UPDATE troupe.meta SET origin = '" + name + "'");
    }
  }

  private static void begin(Connection connection, long floor) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("UPDATE troupe.meta SET incarnation = incarnation + 1");
      statement.execute(
          "UPDATE troupe.partition SET open = false, unclean = unclean OR open,"
              + " incarnation = (SELECT incarnation FROM troupe.meta), highest = greatest(highest, "
              + floor
              + ")");
      statement.execute("UPDATE troupe.collection SET horizon = greatest(horizon, " + floor + ")");
    }
  }
}
