package dev.troupe.persistence.postgresql.query;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.persistence.postgresql.session.Database;
import dev.troupe.runtime.store.EventStore.Retention;
import dev.troupe.runtime.store.EventStore.Rule;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Applies retention, some events at a time, the lowest versions first: after each step what is
/// left is whole.
///
/// A step is one statement that is a transaction of its own. So it takes the rows of partitions,
/// which appends wait for, only while it commits, and in the order in which appends take them.
///
/// An event is old when it is so by the clock of the database as well: no member whose own clock
/// was set ahead takes the past from all others.
public final class Pruning {

  /// So many events go with one statement.
  public static final int STEP = 10_000;

  /// An advisory lock of ours: whoever comes while another one prunes finds nothing to do.
  private static final long TURN = 0x747270726e65L;

  /// Of a resource that was deleted long ago all events go. Of others an event may go when its
  /// successor is old too, so that the state at every version above the horizon stays known. What
  /// goes still counts for the highest version of its partition.
  private static final String STEP_SQL =
      """
      WITH rule AS MATERIALIZED (
        SELECT ?::int AS collection, ?::bigint AS old, ?::bigint AS forgotten, ?::int AS kept,
          pg_try_advisory_xact_lock(?) AS turn),
      due AS MATERIALIZED (
        SELECT e.partition, e.key FROM rule
        JOIN troupe.partition p ON p.collection = rule.collection
        JOIN troupe.event e ON e.partition = p.id
        WHERE rule.turn
        GROUP BY e.partition, e.key, rule.old, rule.forgotten, rule.kept
        HAVING count(*) > rule.kept AND count(*) FILTER (WHERE e.version < rule.old) > 1
          OR max(e.version) < rule.forgotten
            AND max(e.version) = max(e.version) FILTER (WHERE e.type = 3)),
      ranked AS (
        SELECT e.version, e.partition,
          row_number() OVER resource AS rank,
          lag(e.version) OVER resource AS successor,
          first_value(e.type) OVER resource AS newest_type,
          first_value(e.version) OVER resource AS newest
        FROM due JOIN troupe.event e ON e.partition = due.partition AND e.key = due.key
        WINDOW resource AS (PARTITION BY e.partition, e.key ORDER BY e.version DESC)),
      removable AS (
        SELECT version,
          CASE WHEN newest_type = 3 AND newest < rule.forgotten THEN newest ELSE successor END
            AS horizon
        FROM ranked CROSS JOIN rule
        WHERE newest_type = 3 AND newest < rule.forgotten
          OR rank > rule.kept AND successor < rule.old
        ORDER BY version LIMIT ?),
      gone AS (
        DELETE FROM troupe.event e USING removable r, rule
        WHERE e.collection = rule.collection AND e.version = r.version
        RETURNING e.partition, e.version, r.horizon),
      moved AS (
        UPDATE troupe.collection c
        SET horizon = greatest(c.horizon, (SELECT max(horizon) FROM gone))
        FROM rule WHERE c.id = rule.collection AND EXISTS (SELECT FROM gone)),
      locked AS MATERIALIZED (
        SELECT p.id FROM troupe.partition p WHERE p.id IN (SELECT partition FROM gone)
        ORDER BY p.id FOR NO KEY UPDATE OF p),
      counted AS (
        UPDATE troupe.partition p SET highest = greatest(p.highest, top.version)
        FROM locked JOIN (SELECT partition, max(version) AS version FROM gone GROUP BY partition)
          AS top ON top.partition = locked.id
        WHERE p.id = locked.id)
      SELECT count(*) FROM gone
      """;

  private final Database database;
  private final InstantSource clock;
  private final int mostAtOnce;

  /// @param mostAtOnce [#STEP], but for tests
  public Pruning(Database database, InstantSource clock, int mostAtOnce) {
    this.database = database;
    this.clock = clock;
    this.mostAtOnce = mostAtOnce;
  }

  public void prune(Retention retention) {
    var collections = database.ask(Pruning::collections);
    long now = Math.min(clock.millis(), database.ask(Pruning::millis));
    collections.forEach((id, type) -> prune(id, retention.of(type), now));
  }

  private static long millis(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      var row =
          statement.executeQuery("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint");
      row.next();
      return row.getLong(1);
    }
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

  private void prune(int collection, Rule rule, long now) {
    long old = now - rule.age().toMillis();
    long forgotten = Math.min(old, now - Rule.TOMBSTONE.toMillis());
    if (old <= 0 || !database.ask(connection -> hasOlder(connection, collection, old))) {
      return;
    }
    int gone;
    do {
      gone = database.ask(connection -> step(connection, collection, rule, old, forgotten));
    } while (gone == mostAtOnce);
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

  private int step(Connection connection, int collection, Rule rule, long old, long forgotten)
      throws SQLException {
    try (var statement = connection.prepareStatement(STEP_SQL)) {
      statement.setInt(1, collection);
      statement.setLong(2, Version.atMillis(old));
      statement.setLong(3, Version.atMillis(Math.max(0, forgotten)));
      statement.setInt(4, rule.perResource());
      statement.setLong(5, TURN);
      statement.setInt(6, mostAtOnce);
      var row = statement.executeQuery();
      row.next();
      return row.getInt(1);
    }
  }
}
