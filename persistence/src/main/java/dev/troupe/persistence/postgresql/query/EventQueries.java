package dev.troupe.persistence.postgresql.query;

import com.esotericsoftware.kryo.io.Input;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.format.StoredFormat;
import dev.troupe.persistence.postgresql.schema.Catalog;
import dev.troupe.persistence.postgresql.session.Database;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Most;
import dev.troupe.runtime.store.EventStore.Tail;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Reads events. Each question is answered as of one moment.
public final class EventQueries {

  private static final ThreadLocal<StoredFormat> FORMAT =
      ThreadLocal.withInitial(StoredFormat::new);

  /// So many records are held at once while many are read.
  private static final int FETCH = 1_000;

  /// From key to key by the index, so that it takes no longer the more history there is; only the
  /// newest records are read.
  private static final String SCAN =
      """
      WITH RECURSIVE newest AS (
        (SELECT key, version FROM troupe.event
          WHERE partition = ? AND version <= ?
          ORDER BY key, version DESC LIMIT 1)
        UNION ALL
        SELECT following.key, following.version FROM newest
        CROSS JOIN LATERAL (
          SELECT key, version FROM troupe.event e
          WHERE e.partition = ? AND e.key > newest.key AND e.version <= ?
          ORDER BY e.key, e.version DESC LIMIT 1) AS following)
      SELECT r.version, r.record FROM newest
      CROSS JOIN LATERAL (
        SELECT e.version, e.record FROM troupe.event e
        WHERE e.collection = ? AND e.version = newest.version OFFSET 0) AS r
      """;

  /// The size of a record is known without reading it. What is too much comes without it.
  private static final String TAIL =
      """
      SELECT c.horizon, e.version, e.record
      FROM troupe.collection c
      LEFT JOIN LATERAL (
        SELECT version, CASE WHEN total <= ? OR total = size THEN record END AS record
        FROM (
          SELECT version, record, size, sum(size) OVER (ORDER BY version) AS total
          FROM (
            SELECT version, record, octet_length(record)::bigint AS size FROM troupe.event
            WHERE collection = c.id AND version > ? AND c.horizon <= ?
            ORDER BY version LIMIT ?) AS slice) AS sized) AS e ON true
      WHERE c.id = ?
      ORDER BY e.version
      """;

  private static final String HISTORY =
      """
      SELECT version, record FROM (
        SELECT version, record, size, sum(size) OVER (ORDER BY version DESC) AS total
        FROM (
          SELECT e.version, e.record, octet_length(e.record)::bigint AS size
          FROM troupe.partition p
          CROSS JOIN LATERAL (
            SELECT version, record FROM troupe.event
            WHERE partition = p.id AND key = ?
            ORDER BY version DESC LIMIT ?) AS e
          WHERE p.collection = ?
          ORDER BY e.version DESC LIMIT ?) AS slice) AS sized
      WHERE total <= ? OR total = size
      ORDER BY version DESC
      """;

  private final Database database;
  private final Catalog catalog;

  public EventQueries(Database database, Catalog catalog) {
    this.database = database;
    this.catalog = catalog;
  }

  public long scan(PartitionId partition, long atVersion, Consumer<EventRecord> each) {
    return database.askAsOfOneMoment(connection -> {
      var collection = catalog.findCollection(connection, partition.collection());
      if (collection.isEmpty()) {
        return 0L;
      }
      EventStore.requireKept(partition, atVersion, horizon(connection, collection.get()));
      var id = catalog.findPartition(connection, partition);
      return id.isEmpty()
          ? 0L
          : scan(connection, partition, collection.get(), id.get(), atVersion, each);
    });
  }

  private static long scan(
      Connection connection,
      PartitionId partition,
      int collection,
      int id,
      long atVersion,
      Consumer<EventRecord> each)
      throws SQLException {
    try (var statement = connection.prepareStatement(SCAN)) {
      statement.setInt(1, id);
      statement.setLong(2, atVersion);
      statement.setInt(3, id);
      statement.setLong(4, atVersion);
      statement.setInt(5, collection);
      return each(statement, partition.collection(), each);
    }
  }

  private static long horizon(Connection connection, int collection) throws SQLException {
    try (var statement =
        connection.prepareStatement("SELECT horizon FROM troupe.collection WHERE id = ?")) {
      statement.setInt(1, collection);
      var row = statement.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  private static long each(
      PreparedStatement statement, TypeRef collection, Consumer<EventRecord> each)
      throws SQLException {
    statement.setFetchSize(FETCH);
    long count = 0;
    var rows = statement.executeQuery();
    while (rows.next()) {
      each.accept(event(collection, rows));
      count++;
    }
    return count;
  }

  public Tail tail(TypeRef type, long after, Most most) {
    return database.ask(connection -> {
      var collection = catalog.findCollection(connection, type);
      return collection.isEmpty()
          ? Tail.empty(0)
          : tail(connection, type, collection.get(), after, most);
    });
  }

  private static Tail tail(
      Connection connection, TypeRef type, int collection, long after, Most most)
      throws SQLException {
    try (var statement = connection.prepareStatement(TAIL)) {
      statement.setLong(1, most.bytes());
      statement.setLong(2, after);
      statement.setLong(3, after);
      statement.setInt(4, most.events());
      statement.setInt(5, collection);
      var rows = statement.executeQuery();
      long horizon = 0;
      int found = 0;
      var events = new ArrayList<EventRecord>();
      while (rows.next()) {
        horizon = rows.getLong("horizon");
        rows.getLong("version");
        found += rows.wasNull() ? 0 : 1;
        if (rows.getBytes("record") != null) {
          events.add(event(type, rows));
        }
      }
      return new Tail(events, horizon, found < most.events() && found == events.size());
    }
  }

  public List<EventRecord> history(ResourceKey key, Most most) {
    return database.ask(connection -> {
      var collection = catalog.findCollection(connection, key.type());
      return collection.isEmpty() ? List.of() : history(connection, key, collection.get(), most);
    });
  }

  private static List<EventRecord> history(
      Connection connection, ResourceKey key, int collection, Most most) throws SQLException {
    try (var statement = connection.prepareStatement(HISTORY)) {
      statement.setString(1, Catalog.key(new PartitionId(key.type(), 0), key));
      statement.setInt(2, most.events());
      statement.setInt(3, collection);
      statement.setInt(4, most.events());
      statement.setLong(5, most.bytes());
      var rows = statement.executeQuery();
      var events = new ArrayList<EventRecord>();
      while (rows.next()) {
        events.add(event(key.type(), rows));
      }
      return events;
    }
  }

  static EventRecord event(TypeRef collection, ResultSet row) throws SQLException {
    long version = row.getLong("version");
    var bytes = row.getBytes("record");
    var event = FORMAT.get().readEvent(new Input(bytes), () -> place(collection, version));
    if (event != null && event.version() == version) {
      return event;
    }
    throw new StoreException(place(collection, version) + " is damaged: it holds another event");
  }

  private static String place(TypeRef collection, long version) {
    return "the event of " + collection + " with version " + version;
  }
}
