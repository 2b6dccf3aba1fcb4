package dev.troupe.persistence.postgresql;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.runtime.store.EventStore.Retention;
import dev.troupe.runtime.store.EventStore.Rule;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Applies retention, some events at a time, the lowest versions first: after each step what is
/// left is whole.
final class Pruning {

  /// So many events go with one statement.
  private static final int STEP = 10_000;

  /// An event may go when its successor is old too, so that the state at every version above the
  /// horizon stays known; of a resource that was deleted long ago all go.
  private static final String STEP_SQL =
      """
      WITH ranked AS (
        SELECT version,
          row_number() OVER resource AS rank,
          lag(version) OVER resource AS successor,
          first_value(type) OVER resource AS newest_type,
          first_value(version) OVER resource AS newest
        FROM troupe.event WHERE collection = ?
        WINDOW resource AS (PARTITION BY partition, key ORDER BY version DESC)),
      removable AS (
        SELECT version,
          CASE WHEN newest_type = 3 AND newest < ? THEN newest ELSE successor END AS horizon
        FROM ranked
        WHERE (newest_type = 3 AND newest < ?) OR (rank > ? AND successor < ?)
        ORDER BY version LIMIT ?),
      gone AS (
        DELETE FROM troupe.event e USING removable r
        WHERE e.collection = ? AND e.version = r.version RETURNING r.horizon),
      moved AS (
        UPDATE troupe.collection
        SET horizon = greatest(horizon, (SELECT coalesce(max(horizon), 0) FROM gone))
        WHERE id = ?)
      SELECT count(*) FROM gone
      """;

  /// An event that is pruned still counts as the highest one.
  private static final String KEEP_HIGHEST =
      """
      UPDATE troupe.partition p SET highest = newest.version
      FROM (SELECT partition, max(version) AS version FROM troupe.event
        WHERE collection = ? GROUP BY partition) AS newest
      WHERE p.id = newest.partition AND p.highest < newest.version
      """;

  private final Database database;
  private final InstantSource clock;

  Pruning(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  void prune(Retention retention) {
    var collections = database.ask(Pruning::collections);
    collections.forEach((id, type) -> prune(id, retention.of(type)));
  }

  private static Map<Integer, TypeRef> collections(Connection connection) throws SQLException {
    var collections = new LinkedHashMap<Integer, TypeRef>();
    try (var statement = connection.createStatement()) {
      var rows = statement.executeQuery("SELECT id, name FROM troupe.collection ORDER BY id");
      while (rows.next()) {
        collections.put(rows.getInt(1), TypeRef.parse(rows.getString(2)));
      }
    }
    return collections;
  }

  private void prune(int collection, Rule rule) {
    long now = clock.millis();
    long old = now - rule.age().toMillis();
    if (old <= 0 || !database.ask(connection -> hasOlder(connection, collection, old))) {
      return;
    }
    long forgotten = Math.min(old, now - Rule.TOMBSTONE.toMillis());
    database.askLong(connection -> keepHighest(connection, collection));
    int gone;
    do {
      gone = database.askLong(connection -> step(connection, collection, rule, old, forgotten));
    } while (gone == STEP);
  }

  private static boolean hasOlder(Connection connection, int collection, long millis)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "SELECT EXISTS (SELECT FROM troupe.event WHERE collection = ? AND version < ?)")) {
      statement.setInt(1, collection);
      statement.setLong(2, Version.atMillis(millis));
      var row = statement.executeQuery();
      row.next();
      return row.getBoolean(1);
    }
  }

  private static boolean keepHighest(Connection connection, int collection) throws SQLException {
    try (var statement = connection.prepareStatement(KEEP_HIGHEST)) {
      statement.setInt(1, collection);
      statement.executeUpdate();
      return true;
    }
  }

  private static int step(
      Connection connection, int collection, Rule rule, long old, long forgotten)
      throws SQLException {
    try (var statement = connection.prepareStatement(STEP_SQL)) {
      statement.setInt(1, collection);
      statement.setLong(2, Version.atMillis(Math.max(0, forgotten)));
      statement.setLong(3, Version.atMillis(Math.max(0, forgotten)));
      statement.setInt(4, rule.perResource());
      statement.setLong(5, Version.atMillis(old));
      statement.setInt(6, STEP);
      statement.setInt(7, collection);
      statement.setInt(8, collection);
      var row = statement.executeQuery();
      row.next();
      return row.getInt(1);
    }
  }
}
