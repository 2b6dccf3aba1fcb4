package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;

import dev.troupe.persistence.contract.RandomHistory;
import dev.troupe.persistence.postgresql.append.AppendSql;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Random histories: the tables say the same as a store in memory, and still do when they are
/// opened again. They are pruned in small steps.
class PostgresModelTest {

  @ParameterizedTest
  @CsvSource({"15, 1", "15, 2", "18, 3", "18, 4", "18, 5"})
  void tablesSayWhatTheModelSays(String version, long seed) {
    var database = PostgresServer.of(version).database();
    var first = PostgresEventStore.open(database, InstantSource.fixed(NOW), AppendSql.STANDARD, 3);
    var history = new RandomHistory(new Random(seed), first);
    for (int round = 0; round < 3; round++) {
      history.steps(60);
      history.compare();
    }
    first.close();
    try (var again = PostgresEventStore.open(database, InstantSource.fixed(NOW))) {
      history.goOnWith(again);
      history.compare();
      history.steps(20);
      history.compare();
    }
  }
}
