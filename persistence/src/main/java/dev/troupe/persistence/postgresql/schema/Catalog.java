package dev.troupe.persistence.postgresql.schema;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.PartitionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The numbers by which the database knows collections and partitions. They never change.
///
/// Only those that write make a number, in a statement that is a transaction of its own: what a
/// transaction made that is rolled back afterwards must not be known here.
public final class Catalog {

  private final Map<TypeRef, Integer> collections = new ConcurrentHashMap<>();
  private final Map<PartitionId, Integer> partitions = new ConcurrentHashMap<>();

  public Optional<Integer> findCollection(Connection connection, TypeRef type) throws SQLException {
    var known = collections.get(type);
    if (known != null) {
      return Optional.of(known);
    }
    try (var select =
        connection.prepareStatement("SELECT id FROM troupe.collection WHERE name = ?")) {
      select.setString(1, type.toString());
      var row = select.executeQuery();
      if (!row.next()) {
        return Optional.empty();
      }
      int id = row.getInt(1);
      collections.put(type, id);
      return Optional.of(id);
    }
  }

  public Optional<Integer> findPartition(Connection connection, PartitionId partition)
      throws SQLException {
    var known = partitions.get(partition);
    if (known != null) {
      return Optional.of(known);
    }
    try (var select =
        connection.prepareStatement(
            """
            SELECT p.id FROM troupe.partition p JOIN troupe.collection c ON c.id = p.collection
            WHERE c.name = ? AND p.number = ?
            """)) {
      select.setString(1, partition.collection().toString());
      select.setInt(2, partition.number());
      var row = select.executeQuery();
      if (!row.next()) {
        return Optional.empty();
      }
      int id = row.getInt(1);
      partitions.put(partition, id);
      return Optional.of(id);
    }
  }

  /// Makes the collection if it is not there.
  public int collection(Connection connection, TypeRef type) throws SQLException {
    var found = findCollection(connection, type);
    if (found.isPresent()) {
      return found.get();
    }
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO troupe.collection (name) VALUES (?) ON CONFLICT (name) DO NOTHING")) {
      insert.setString(1, type.toString());
      insert.execute();
    }
    return findCollection(connection, type).orElseThrow();
  }

  /// Makes the partition if it is not there.
  public int partition(Connection connection, PartitionId partition) throws SQLException {
    var found = findPartition(connection, partition);
    if (found.isPresent()) {
      return found.get();
    }
    int collection = collection(connection, partition.collection());
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO troupe.partition (collection, number) VALUES (?, ?)"
                + " ON CONFLICT (collection, number) DO NOTHING")) {
      insert.setInt(1, collection);
      insert.setInt(2, partition.number());
      insert.execute();
    }
    return findPartition(connection, partition).orElseThrow();
  }

  /// A resource as the database knows it within its partition. The type of the key is nearly always
  /// the partition's; no part can hold a slash.
  public static String key(PartitionId partition, ResourceKey key) {
    var path = key.namespace() + "/" + key.name();
    return key.type().equals(partition.collection()) ? path : key.type() + "/" + path;
  }
}
