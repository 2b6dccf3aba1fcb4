package dev.troupe.persistence.postgresql.schema;

import dev.troupe.api.resource.TypeRef;
import java.sql.Connection;
import java.sql.SQLException;

/// How many partitions a collection has: what was said first.
public final class PartitionCount {

  private PartitionCount() {}

  public static int fix(Connection connection, Catalog catalog, TypeRef type, int wanted)
      throws SQLException {
    int collection = catalog.collection(connection, type);
    try (var update =
            connection.prepareStatement(
                "UPDATE troupe.collection SET partitions = ? WHERE id = ? AND partitions = 0");
        var select =
            connection.prepareStatement("SELECT partitions FROM troupe.collection WHERE id = ?")) {
      update.setInt(1, wanted);
      update.setInt(2, collection);
      update.executeUpdate();
      select.setInt(1, collection);
      var row = select.executeQuery();
      row.next();
      return row.getInt(1);
    }
  }
}
