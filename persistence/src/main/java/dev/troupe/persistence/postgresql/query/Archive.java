package dev.troupe.persistence.postgresql.query;

import com.esotericsoftware.kryo.io.Output;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.persistence.format.ArchivedEntry.Event;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.PartitionState;
import dev.troupe.persistence.format.StoredFormat;
import dev.troupe.persistence.postgresql.append.AppendRows;
import dev.troupe.persistence.postgresql.epoch.Epochs;
import dev.troupe.persistence.postgresql.schema.Catalog;
import dev.troupe.persistence.postgresql.session.Database;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.function.Consumer;

/// Copies all tables as of one moment, and fills empty ones, all of it or nothing.
public final class Archive {

  private static final int FETCH = 1_000;

  private static final String EVENTS =
      """
      SELECT c.name, e.version, e.record FROM troupe.event e
      JOIN troupe.collection c ON c.id = e.collection
      ORDER BY e.collection, e.version
      """;

  private static final String PARTITIONS =
      """
      SELECT c.name, p.id, p.number, p.epoch, p.open, p.unclean, greatest(p.highest, coalesce(
        (SELECT max(version + 0) FROM troupe.event e WHERE e.partition = p.id), 0)) AS highest
      FROM troupe.partition p JOIN troupe.collection c ON c.id = p.collection
      """;

  private static final String INSERT_EVENT =
      """
      INSERT INTO troupe.event (collection, version, partition, sequence, type, key, record)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (collection, version) DO NOTHING
      """;

  private final Database database;
  private final Catalog catalog;

  /// @param catalog for [#restore] and [#replace]; what it learns is true only if those succeed
  public Archive(Database database, Catalog catalog) {
    this.database = database;
    this.catalog = catalog;
  }

  public long copy(Consumer<ArchivedEntry> each) {
    return database.askAsOfOneMoment(connection -> {
      long count = events(connection, each);
      count += partitions(connection, each);
      return count + collections(connection, each);
    });
  }

  private static long events(Connection connection, Consumer<ArchivedEntry> each)
      throws SQLException {
    try (var statement = connection.prepareStatement(EVENTS)) {
      statement.setFetchSize(FETCH);
      long count = 0;
      var rows = statement.executeQuery();
      while (rows.next()) {
        each.accept(new Event(EventQueries.event(TypeRef.parse(rows.getString(1)), rows)));
        count++;
      }
      return count;
    }
  }

  private static long partitions(Connection connection, Consumer<ArchivedEntry> each)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      long count = 0;
      var rows = statement.executeQuery(PARTITIONS);
      while (rows.next()) {
        each.accept(
            new PartitionState(
                new PartitionId(TypeRef.parse(rows.getString("name")), rows.getInt("number")),
                rows.getLong("epoch"),
                rows.getBoolean("open"),
                rows.getBoolean("unclean"),
                rows.getLong("highest"),
                Epochs.facts(connection, rows.getInt("id"))));
        count++;
      }
      return count;
    }
  }

  private static long collections(Connection connection, Consumer<ArchivedEntry> each)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      long count = 0;
      var rows = statement.executeQuery("SELECT name, partitions, horizon FROM troupe.collection");
      while (rows.next()) {
        each.accept(
            new CollectionState(TypeRef.parse(rows.getString(1)), rows.getInt(2), rows.getLong(3)));
        count++;
      }
      return count;
    }
  }

  public long restore(Iterator<ArchivedEntry> entries) {
    return database.askAsOfOneMoment(connection -> {
      refuseUnlessEmpty(connection);
      return fill(connection, entries);
    });
  }

  /// Empties the tables first. The numbers of before are not given again: who knows them writes
  /// nowhere.
  public long replace(Iterator<ArchivedEntry> entries) {
    return database.askAsOfOneMoment(connection -> {
      try (var statement = connection.createStatement()) {
        statement.execute(
            "TRUNCATE troupe.event, troupe.fact, troupe.partition, troupe.collection");
      }
      return fill(connection, entries);
    });
  }

  private long fill(Connection connection, Iterator<ArchivedEntry> entries) throws SQLException {
    try (var insert = connection.prepareStatement(INSERT_EVENT)) {
      var filling = new Filling(connection, catalog, insert);
      while (entries.hasNext()) {
        filling.add(entries.next());
      }
      filling.flush();
      return filling.count;
    }
  }

  private static void refuseUnlessEmpty(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      // Nobody comes in between.
      statement.execute("LOCK TABLE troupe.partition, troupe.event IN EXCLUSIVE MODE");
      var found =
          statement.executeQuery(
              "SELECT EXISTS (SELECT FROM troupe.partition) OR EXISTS (SELECT FROM troupe.event)");
      found.next();
      if (found.getBoolean(1)) {
        throw new StoreException("the event store is not empty: restore into a new database");
      }
    }
  }

  /// The tables while they are filled.
  private static final class Filling {

    private final StoredFormat format = new StoredFormat();
    private final Output out = new Output(1 << 12, -1);
    private final Connection connection;
    private final Catalog catalog;
    private final PreparedStatement insert;
    private int batched;
    private long count;

    private Filling(Connection connection, Catalog catalog, PreparedStatement insert) {
      this.connection = connection;
      this.catalog = catalog;
      this.insert = insert;
    }

    void add(ArchivedEntry entry) throws SQLException {
      switch (entry) {
        case Event(var event) -> event(event);
        case PartitionState state -> partition(state);
        case CollectionState state -> collection(state);
      }
      count++;
    }

    private void event(EventRecord event) throws SQLException {
      out.reset();
      format.write(out, event);
      insert.setInt(1, catalog.collection(connection, event.partition().collection()));
      insert.setLong(2, event.version());
      insert.setInt(3, catalog.partition(connection, event.partition()));
      insert.setLong(4, event.sequence());
      insert.setShort(5, AppendRows.type(event.type()));
      insert.setString(6, Catalog.key(event.partition(), event.key()));
      insert.setBytes(7, out.toBytes());
      insert.addBatch();
      if (++batched == FETCH) {
        flush();
      }
    }

    void flush() throws SQLException {
      insert.executeBatch();
      batched = 0;
    }

    private void partition(PartitionState state) throws SQLException {
      int id = catalog.partition(connection, state.partition());
      try (var update =
              connection.prepareStatement(
                  "UPDATE troupe.partition SET epoch = ?, open = ?, unclean = ?, highest = ?"
                      + " WHERE id = ?");
          var fact =
              connection.prepareStatement(
                  "INSERT INTO troupe.fact (partition, name, value) VALUES (?, ?, ?)")) {
        update.setLong(1, state.epoch());
        update.setBoolean(2, state.open());
        update.setBoolean(3, state.unclean());
        update.setLong(4, state.highestVersion());
        update.setInt(5, id);
        update.executeUpdate();
        for (var entry : state.facts().entrySet()) {
          fact.setInt(1, id);
          fact.setString(2, entry.getKey());
          fact.setBytes(3, entry.getValue());
          fact.executeUpdate();
        }
      }
    }

    private void collection(CollectionState state) throws SQLException {
      try (var update =
          connection.prepareStatement(
              "UPDATE troupe.collection SET partitions = ?, horizon = ? WHERE id = ?")) {
        update.setInt(1, state.partitions());
        update.setLong(2, state.horizon());
        update.setInt(3, catalog.collection(connection, state.collection()));
        update.executeUpdate();
      }
    }
  }
}
