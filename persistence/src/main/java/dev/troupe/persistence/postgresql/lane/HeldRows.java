package dev.troupe.persistence.postgresql.lane;

import dev.troupe.persistence.postgresql.lane.LaneTask.Append;
import dev.troupe.persistence.postgresql.schema.Catalog;
import dev.troupe.runtime.store.PartitionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/// Finds the partitions whose rows somebody else holds, so that nothing can be appended to them.
public final class HeldRows {

  private static final String NOT_HELD =
      "SELECT p.id FROM troupe.partition p WHERE p.id = ANY (?) FOR SHARE OF p SKIP LOCKED";

  private final Catalog catalog;

  HeldRows(Catalog catalog) {
    this.catalog = catalog;
  }

  /// Never waits for a row.
  Set<PartitionId> of(Connection connection, List<Append> batch) throws SQLException {
    var held = new HashMap<Integer, PartitionId>();
    for (var append : batch) {
      var partition = append.group().partition();
      held.put(catalog.partition(connection, partition), partition);
    }
    try (var statement = connection.prepareStatement(NOT_HELD)) {
      statement.setArray(1, connection.createArrayOf("int", held.keySet().toArray()));
      var free = statement.executeQuery();
      while (free.next()) {
        held.remove(free.getInt(1));
      }
    }
    return Set.copyOf(held.values());
  }
}
