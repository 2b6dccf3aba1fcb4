package dev.troupe.persistence.postgresql.append;

import static java.util.Collections.nCopies;

import dev.troupe.persistence.postgresql.schema.Catalog;
import dev.troupe.persistence.postgresql.session.Incarnation;
import dev.troupe.runtime.store.EventStore.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Stores groups of one event and no facts, which nearly all are, as [AppendStatement] would: with
/// one list of rows instead of four, which costs the server less. Belongs to one lane.
///
/// It tells what it has stored. Why the others are not is asked for afterwards: an epoch that was
/// over stays so, and what is behind the newest event of its resource stays behind.
public final class SingleEventStatement {

  public static final String SQL =
      Fence.SQL
          + """

          INSERT INTO troupe.event (collection, version, partition, sequence, type, key, record)
          SELECT f.collection, e.version, e.partition, e.sequence, e.type, e.key, e.record
          FROM unnest(?, ?, ?, ?, ?, ?, ?)
            AS e (version, partition, epoch, sequence, type, key, record)
          JOIN fence f ON f.id = e.partition AND f.epoch = e.epoch
          WHERE NOT EXISTS (
            SELECT FROM (
              SELECT version, sequence, type FROM troupe.event n
              WHERE n.partition = e.partition AND n.key = e.key
              ORDER BY n.version DESC LIMIT 1) AS newest
            WHERE NOT (e.version > newest.version
              AND (e.sequence > newest.sequence
                OR newest.type = 3 AND e.type = 1 AND e.sequence = 1)))
          RETURNING partition, version
          """;

  private static final String EPOCHS =
      "SELECT id, epoch FROM troupe.partition WHERE id = ANY (?) AND open"
          + " AND incarnation = ? AND cluster = ?";

  private final String sql;
  private final Catalog catalog;
  private final Incarnation incarnation;

  private record Key(int partition, long version) {}

  /// @param sql [#SQL], but for the tests of the fence
  SingleEventStatement(String sql, Catalog catalog, Incarnation incarnation) {
    this.sql = sql;
    this.catalog = catalog;
    this.incarnation = incarnation;
  }

  static boolean fits(List<EncodedGroup> groups) {
    return groups.stream()
        .map(EncodedGroup::group)
        .allMatch(group -> group.events().size() == 1 && group.facts().isEmpty());
  }

  /// @param groups of different resources and versions
  /// @throws SQLException as [AppendStatement#execute] does
  List<Outcome> execute(Connection connection, List<EncodedGroup> groups) throws SQLException {
    var keys = new ArrayList<Key>(groups.size());
    var rows =
        new ParameterColumns("bigint", "int", "bigint", "bigint", "smallint", "text", "bytea");
    for (var encoded : groups) {
      var group = encoded.group();
      var event = group.events().getFirst();
      var key = new Key(catalog.partition(connection, group.partition()), event.version());
      keys.add(key);
      rows.row(
          event.version(),
          key.partition(),
          group.epoch(),
          event.sequence(),
          AppendRows.type(event.type()),
          Catalog.key(event.partition(), event.key()),
          encoded.records().getFirst());
    }
    var partitions = keys.stream().map(Key::partition).distinct().toArray(Integer[]::new);
    var stored = store(connection, partitions, rows);
    return stored.size() == groups.size()
        ? nCopies(groups.size(), Outcome.STORED)
        : outcomes(groups, keys, stored, openEpochs(connection, partitions));
  }

  private Set<Key> store(Connection connection, Integer[] partitions, ParameterColumns rows)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      int next = Fence.bind(connection, statement, partitions, incarnation.present());
      rows.bind(connection, statement, next);
      var returned = statement.executeQuery();
      var stored = new HashSet<Key>();
      while (returned.next()) {
        stored.add(new Key(returned.getInt(1), returned.getLong(2)));
      }
      Fence.refuseIfWarned(statement);
      return stored;
    }
  }

  /// @throws SQLException that nobody takes for a refusal, as something may be stored
  private Map<Integer, Long> openEpochs(Connection connection, Integer[] partitions)
      throws SQLException {
    try (var statement = connection.prepareStatement(EPOCHS)) {
      Fence.bind(connection, statement, partitions, incarnation.present());
      var row = statement.executeQuery();
      var epochs = new HashMap<Integer, Long>();
      while (row.next()) {
        epochs.put(row.getInt(1), row.getLong(2));
      }
      return epochs;
    } catch (SQLException failure) {
      throw new SQLException(
          "it cannot be told why not everything is stored: " + failure.getMessage(),
          Fence.COMPLETION_UNKNOWN,
          failure);
    }
  }

  private static List<Outcome> outcomes(
      List<EncodedGroup> groups, List<Key> keys, Set<Key> stored, Map<Integer, Long> epochs) {
    var outcomes = new ArrayList<Outcome>(groups.size());
    for (int i = 0; i < groups.size(); i++) {
      var key = keys.get(i);
      boolean isOpen = Objects.equals(epochs.get(key.partition()), groups.get(i).group().epoch());
      outcomes.add(
          stored.contains(key) ? Outcome.STORED : isOpen ? Outcome.DUPLICATE : Outcome.FENCED);
    }
    return outcomes;
  }
}
