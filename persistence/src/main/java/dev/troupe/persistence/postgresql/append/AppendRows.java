package dev.troupe.persistence.postgresql.append;

import dev.troupe.persistence.postgresql.session.Incarnation;
import dev.troupe.runtime.store.EventRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/// The parameters of an [AppendStatement]: one array for each column.
public final class AppendRows {

  private final Set<Integer> partitions = new LinkedHashSet<>();
  private final ParameterColumns groups = new ParameterColumns("int", "int", "bigint");
  private final ParameterColumns firsts =
      new ParameterColumns("int", "int", "bigint", "text", "bigint", "bigint", "boolean");
  private final ParameterColumns events =
      new ParameterColumns(
          "int", "int", "bigint", "int", "bigint", "bigint", "smallint", "text", "bytea");
  private final ParameterColumns facts =
      new ParameterColumns("int", "int", "bigint", "text", "bytea");

  void group(int number, int partition, long epoch) {
    partitions.add(partition);
    groups.row(number, partition, epoch);
  }

  /// @param first whether it is the first one of its resource in the group
  void event(
      int group,
      int collection,
      int partition,
      EventRecord event,
      String key,
      byte[] record,
      boolean first) {
    if (first) {
      boolean created = event.type() == EventRecord.Type.CREATED;
      firsts.row(group, partition, event.epoch(), key, event.version(), event.sequence(), created);
    }
    events.row(
        group,
        collection,
        event.version(),
        partition,
        event.epoch(),
        event.sequence(),
        type(event.type()),
        key,
        record);
  }

  BiConsumer<String, byte[]> factsOf(int group, int partition, long epoch) {
    return (name, value) -> facts.row(group, partition, epoch, name, value);
  }

  public static short type(EventRecord.Type type) {
    return switch (type) {
      case CREATED -> 1;
      case UPDATED -> 2;
      case DELETED -> 3;
    };
  }

  void bind(Connection connection, PreparedStatement statement, Incarnation.Numbers numbers)
      throws SQLException {
    int next = Fence.bind(connection, statement, partitions.toArray(), numbers);
    next = firsts.bind(connection, statement, next);
    next = events.bind(connection, statement, next);
    next = facts.bind(connection, statement, next);
    groups.bind(connection, statement, next);
  }
}
