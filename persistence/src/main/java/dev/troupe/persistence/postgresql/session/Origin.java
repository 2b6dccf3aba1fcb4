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

  /// One process after the other makes, upgrades or claims the tables: an advisory lock of ours,
  /// the letters of the name.
  public static final String TURN = "SELECT pg_advisory_xact_lock(" + 0x74726f757065L + ")";

  private static final String NAME =
      "(SELECT system_identifier::text FROM pg_control_system()) || '/'"
          + " || substring(pg_walfile_name(pg_current_wal_lsn()) FOR 8)";

  /// @throws StoreException if the database cannot be reached, or is a standby
  static Origin of(PostgresSettings settings) {
    try (var connection =
        DriverManager.getConnection(settings.url(), SoleUse.properties(settings))) {
      return of(connection);
    } catch (SQLException failure) {
      throw new StoreException(
          "the database " + settings + " cannot be reached: " + failure.getMessage(), failure);
    }
  }

  /// Of a session. Fails on a standby, as nothing can be stored there.
  static Origin of(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      var row = statement.executeQuery("SELECT " + NAME);
      row.next();
      return new Origin(row.getString(1));
    }
  }

  /// Which database of which server this is, whatever the timeline.
  public static String place(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      var row =
          statement.executeQuery(
              "SELECT system_identifier || '/' || current_database() FROM pg_control_system()");
      row.next();
      return row.getString(1);
    }
  }

  /// Whether this is the same server as before on a later timeline, so that it was promoted.
  boolean follows(Origin before) {
    return system().equals(before.system()) && timeline() > before.timeline();
  }

  private String system() {
    return name.substring(0, name.indexOf('/'));
  }

  private long timeline() {
    return Long.parseLong(name.substring(name.indexOf('/') + 1), 16);
  }

  /// If the tables were last used elsewhere, this is a new incarnation of the store: every epoch is
  /// over, versions go on above all that can have been seen, positions of before have expired. Who
  /// had an epoch may still be answering readers, and has closed nothing.
  void claim(Connection connection, long nowMillis) throws SQLException {
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
