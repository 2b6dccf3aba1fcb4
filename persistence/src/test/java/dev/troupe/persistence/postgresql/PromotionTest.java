package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.OTHER;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.resource.Version;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Opened;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server goes, and comes back as a standby that is promoted, while two processes use it.
@Timeout(120)
class PromotionTest {

  @TempDir private Path directory;

  private EmbeddedPostgres.Builder server(String version) {
    return PostgresServer.builder(version)
        .setDataDirectory(directory.resolve("data"))
        .setCleanDataDirectory(false);
  }

  private static long number(String url, String sql) throws SQLException {
    try (var session = DriverManager.getConnection(url);
        var statement = session.createStatement()) {
      var row = statement.executeQuery(sql);
      row.next();
      return row.getLong(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"15", "18"})
  void promotionIsANewIncarnationWithoutARestart(String version) throws Exception {
    var before = server(version).start();
    var url = before.getJdbcUrl("postgres", "postgres");
    try (var one = PostgresEventStore.open(PostgresServer.settings(url), InstantSource.fixed(NOW));
        var other =
            PostgresEventStore.open(PostgresServer.settings(url), InstantSource.fixed(NOW))) {
      await(one.open(PARTITION));
      await(one.append(List.of(group(created(PARTITION, 1, 1, "a")))));
      await(other.open(OTHER));
      before.close();

      try (var _ = promoted(version, before.getPort(), one)) {
        assertThat(append(one, PARTITION, 1)).isEqualTo(Outcome.FENCED);
        assertThat(append(other, OTHER, 1)).isEqualTo(Outcome.FENCED);
        check(one, again(() -> one.open(PARTITION)), PARTITION);
        check(other, again(() -> other.open(OTHER)), OTHER);
        assertThat(number(url, "SELECT incarnation FROM troupe.meta")).isEqualTo(2);
      }
    }
  }

  /// Until it is promoted it stores nothing, and nobody takes it for another server.
  private EmbeddedPostgres promoted(String version, int port, EventStore store)
      throws IOException, SQLException {
    Files.createFile(directory.resolve("data").resolve("standby.signal"));
    var server = server(version).setPort(port).start();
    assertThatThrownBy(() -> await(store.append(List.of(group(created(PARTITION, 1, 2, "b"))))))
        .isInstanceOf(StoreException.class);
    number(server.getJdbcUrl("postgres", "postgres"), "SELECT pg_promote()::int");
    return server;
  }

  private static Outcome append(EventStore store, PartitionId partition, long epoch) {
    return again(() -> store.append(List.of(group(created(partition, epoch, 3, "c"))))).getFirst();
  }

  /// Until the outcome is known: sessions that are lost are found to be so one by one.
  private static <T> T again(Supplier<CompletionStage<T>> question) {
    while (true) {
      try {
        return await(question.get());
      } catch (StoreException lost) {
        assertThat(lost).hasMessageNotContaining("restart Troupe");
      }
    }
  }

  /// What was promised before may be lost: what comes is above all of it.
  private static void check(EventStore store, Opened opened, PartitionId partition) {
    long now = Version.atMillis(NOW.toEpochMilli());
    assertThat(opened.clean()).isFalse();
    assertThat(opened.highestVersion()).isGreaterThan(now);
    assertThat(await(store.tail(partition.collection(), now, EventStore.Most.of(10))).horizon())
        .isGreaterThan(now);
    assertThat(append(store, partition, opened.epoch())).isEqualTo(Outcome.STORED);
  }
}
