package dev.troupe.benchmarks.store;

import com.esotericsoftware.kryo.io.Output;
import dev.troupe.api.resource.Version;
import dev.troupe.benchmarks.load.BatchLoop.Batches;
import dev.troupe.persistence.format.StoredFormat;
import dev.troupe.runtime.store.PartitionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.LongStream;

/// What the database can do: the rows that the engine stores, into its tables and indexes, with one
/// statement in autocommit for each batch. No fence, no queue, and no record is encoded: all have
/// the same bytes.
final class PostgresLoop implements Batches, AutoCloseable {

  private static final String INSERT =
      """
      INSERT INTO troupe.event (collection, version, partition, sequence, type, key, record)
      SELECT ?, e.version, ?, e.sequence, 2, e.key, e.record
      FROM unnest(?, ?, ?, ?) AS e (version, sequence, key, record)
      """;

  private static final String IDS =
      """
      SELECT c.id, p.id FROM troupe.collection c JOIN troupe.partition p ON p.collection = c.id
      WHERE c.name = ? AND p.number = ?
      """;

  private final Connection connection;
  private final PreparedStatement insert;
  private final byte[] record;
  private final int partitions;
  private long next;

  /// @param number the partition that this one fills, one of so many
  PostgresLoop(PostgresServer server, int number, int partitions) {
    this.partitions = partitions;
    next = number == 0 ? partitions : number;
    record = record(number);
    try {
      connection = server.connect();
      insert = connection.prepareStatement(INSERT);
      bindIds(number);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static byte[] record(int number) {
    var partition = new PartitionId(Values.COLLECTION, number);
    var out = new Output(1 << 12, -1);
    new StoredFormat().write(out, Values.event(partition, 1, 100_000));
    return out.toBytes();
  }

  private void bindIds(int number) throws SQLException {
    try (var select = connection.prepareStatement(IDS)) {
      select.setString(1, Values.COLLECTION.toString());
      select.setInt(2, number);
      var row = select.executeQuery();
      row.next();
      insert.setInt(1, row.getInt(1));
      insert.setInt(2, row.getInt(2));
    }
  }

  @Override
  public void store(int values) throws SQLException {
    var numbers = LongStream.range(0, values).map(n -> next + n * partitions).boxed().toList();
    next += (long) values * partitions;
    array(3, "bigint", numbers.stream().map(Version::atMillis).toArray(Long[]::new));
    array(4, "bigint", numbers.stream().map(Values::sequence).toArray(Long[]::new));
    array(5, "text", numbers.stream().map(n -> "default/" + Values.name(n)).toArray(String[]::new));
    array(6, "bytea", numbers.stream().map(_ -> record).toArray(byte[][]::new));
    insert.executeUpdate();
  }

  private void array(int parameter, String type, Object[] values) throws SQLException {
    insert.setArray(parameter, connection.createArrayOf(type, values));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
