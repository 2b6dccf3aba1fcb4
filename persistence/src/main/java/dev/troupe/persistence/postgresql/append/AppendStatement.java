package dev.troupe.persistence.postgresql.append;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.persistence.postgresql.schema.Catalog;
import dev.troupe.persistence.postgresql.session.Incarnation;
import dev.troupe.runtime.store.EventStore.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Stores groups with one statement that is a transaction of its own, so that none is ever open
/// while the server waits for a member. Belongs to one lane.
///
/// The fence: the statement shares the locks of its partitions' rows, and `open` changes the row.
/// So either `open` waits until the append is over, or the append waits for `open` and finds
/// another epoch. Epoch and incarnations must be columns of the row that is locked: what is read
/// elsewhere is as old as the statement. Every row names its partition and epoch, and is stored if
/// the fence holds them; a join by groups could be planned as every row with every group.
public final class AppendStatement {

  public static final String SQL =
      Fence.SQL
          + """
          ,
          behind AS MATERIALIZED (
            SELECT e.grp
            FROM unnest(?, ?, ?, ?, ?, ?, ?)
              AS e (grp, partition, epoch, key, version, sequence, created)
            JOIN fence f ON f.id = e.partition AND f.epoch = e.epoch
            CROSS JOIN LATERAL (
              SELECT version, sequence, type FROM troupe.event n
              WHERE n.partition = e.partition AND n.key = e.key
              ORDER BY n.version DESC LIMIT 1) AS newest
            WHERE NOT (e.version > newest.version
              AND (e.sequence > newest.sequence
                OR newest.type = 3 AND e.created AND e.sequence = 1))),
          stored AS (
            INSERT INTO troupe.event (collection, version, partition, sequence, type, key, record)
            SELECT e.collection, e.version, e.partition, e.sequence, e.type, e.key, e.record
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
              AS e (grp, collection, version, partition, epoch, sequence, type, key, record)
            JOIN fence f ON f.id = e.partition AND f.epoch = e.epoch
            WHERE e.grp NOT IN (SELECT grp FROM behind)),
          facts AS (
            INSERT INTO troupe.fact (partition, name, value)
            SELECT e.partition, e.name, e.value
            FROM unnest(?, ?, ?, ?, ?) AS e (grp, partition, epoch, name, value)
            JOIN fence f ON f.id = e.partition AND f.epoch = e.epoch
            WHERE e.grp NOT IN (SELECT grp FROM behind)
            ON CONFLICT (partition, name) DO UPDATE SET value = excluded.value)
          SELECT g.grp, g.grp IN (SELECT grp FROM behind)
          FROM unnest(?, ?, ?) AS g (grp, partition, epoch)
          JOIN fence f ON f.id = g.partition AND f.epoch = g.epoch
          """;

  private final String sql;
  private final Catalog catalog;
  private final Incarnation incarnation;

  /// @param sql [#SQL], but for the tests of the fence
  AppendStatement(String sql, Catalog catalog, Incarnation incarnation) {
    this.sql = sql;
    this.catalog = catalog;
    this.incarnation = incarnation;
  }

  /// @param groups which are independent of each other, and each in order
  /// @throws SQLException if a version is stored already, and nothing is stored then; or because of
  ///   the outside world
  List<Outcome> execute(Connection connection, List<EncodedGroup> groups) throws SQLException {
    var rows = rows(connection, groups);
    var outcomes = new ArrayList<Outcome>(groups.size());
    groups.forEach(_ -> outcomes.add(Outcome.FENCED));
    try (var statement = connection.prepareStatement(sql)) {
      rows.bind(connection, statement, incarnation.present());
      var allowed = statement.executeQuery();
      while (allowed.next()) {
        outcomes.set(allowed.getInt(1), allowed.getBoolean(2) ? Outcome.DUPLICATE : Outcome.STORED);
      }
      Fence.refuseIfWarned(statement);
    }
    return outcomes;
  }

  private AppendRows rows(Connection connection, List<EncodedGroup> groups) throws SQLException {
    var rows = new AppendRows();
    for (int number = 0; number < groups.size(); number++) {
      var group = groups.get(number).group();
      var records = groups.get(number).records().iterator();
      int partition = catalog.partition(connection, group.partition());
      int collection = catalog.collection(connection, group.partition().collection());
      rows.group(number, partition, group.epoch());
      Set<ResourceKey> seen = new HashSet<>();
      for (var event : group.events()) {
        var key = Catalog.key(event.partition(), event.key());
        boolean first = group.events().size() == 1 || seen.add(event.key());
        rows.event(number, collection, partition, event, key, records.next(), first);
      }
      group.facts().forEach(rows.factsOf(number, partition, group.epoch()));
    }
    return rows;
  }
}
