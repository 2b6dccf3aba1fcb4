package dev.troupe.persistence.postgresql;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.PartitionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentHashMap;

/// The numbers by which the database knows collections and partitions. They never change.
final class Catalog {

  private final ConcurrentHashMap<TypeRef, Integer> collections = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<PartitionId, Integer> partitions = new ConcurrentHashMap<>();

  /// Makes the collection if it is not there.
  int collection(Connection connection, TypeRef type) throws SQLException {
    var known = collections.get(type);
    if (known != null) {
      return known;
    }
    try (var insert =
            connection.prepareStatement(
                "INSERT INTO troupe.collection (name) VALUES (?) ON CONFLICT (name) DO NOTHING");
        var select =
            connection.prepareStatement("SELECT id FROM troupe.collection WHERE name = ?")) {
      select.setString(1, type.toString());
      var found = select.executeQuery();
      if (!found.next()) {
        insert.setString(1, type.toString());
        insert.execute();
        found = select.executeQuery();
        found.next();
      }
      int id = found.getInt(1);
      collections.put(type, id);
      return id;
    }
  }

  /// Makes the partition if it is not there.
  int partition(Connection connection, PartitionId partition) throws SQLException {
    var known = partitions.get(partition);
    if (known != null) {
      return known;
    }
    int collection = collection(connection, partition.collection());
    try (var insert =
            connection.prepareStatement(
                "INSERT INTO troupe.partition (collection, number) VALUES (?, ?)"
                    + " ON CONFLICT (collection, number) DO NOTHING");
        var select =
            connection.prepareStatement(
                "SELECT id FROM troupe.partition WHERE collection = ? AND number = ?")) {
      insert.setInt(1, collection);
      insert.setInt(2, partition.number());
      insert.execute();
      select.setInt(1, collection);
      select.setInt(2, partition.number());
      var found = select.executeQuery();
      found.next();
      int id = found.getInt(1);
      partitions.put(partition, id);
      return id;
    }
  }

  /// A resource as the database knows it within its partition. The type of the key is nearly always
  /// the partition's; no part can hold a slash.
  static String key(PartitionId partition, ResourceKey key) {
    var path = key.namespace() + "/" + key.name();
    return key.type().equals(partition.collection()) ? path : key.type() + "/" + path;
  }
}
