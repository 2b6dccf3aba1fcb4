package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.ClusterStoreContract.A;
import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.StoreException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A standby must have what is stored before it counts, and is gone: whoever no longer waits for it
/// has committed with no more than a warning. What a fail-over would lose is no success.
@SuppressWarnings("NullAway.Init")
class StandbyTest {

  private EmbeddedPostgres server;
  private Connection session;
  private Statement administrator;
  private PostgresEventStore store;

  @BeforeEach
  void openStore() throws IOException, SQLException {
    server = PostgresServer.builder("18").start();
    session = DriverManager.getConnection(url());
    administrator = session.createStatement();
    store = PostgresEventStore.open(PostgresServer.settings(url()), InstantSource.fixed(NOW));
    await(store.open(PARTITION));
  }

  @AfterEach
  void close() throws IOException, SQLException {
    store.close();
    session.close();
    server.close();
  }

  private String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  @Test
  void openThatCommitsWithAWarningFails() throws Exception {
    loseStandby();
    assertThatIsNoSuccess(() -> store.open(PARTITION));

    needNoStandby();
    assertThat(await(store.open(PARTITION)).epoch()).isEqualTo(3);
  }

  @Test
  void closeThatCommitsWithAWarningFails() throws Exception {
    loseStandby();

    assertThatIsNoSuccess(() -> store.close(PARTITION, 1, true));
  }

  /// Nor is a beat, which a standby that is promoted would not know of.
  @Test
  void beatThatCommitsWithAWarningFails() throws Exception {
    try (var shared =
        PostgresEventStore.openShared(PostgresServer.settings(url()), InstantSource.fixed(NOW))) {
      await(shared.roll().form(A, await(shared.roll().beat(A))));
      loseStandby();

      assertThatIsNoSuccess(() -> shared.roll().beat(A));
    }
  }

  @Test
  void appendThatCommitsWithAWarningFails() throws Exception {
    loseStandby();

    assertThatIsNoSuccess(
        () -> store.append(List.of(new Group(PARTITION, 1, List.of(), Map.of("f", new byte[1])))));
    assertThatIsNoSuccess(() -> store.append(List.of(group(created(PARTITION, 1, 1, "a")))));
  }

  private void assertThatIsNoSuccess(Supplier<CompletionStage<?>> change) {
    assertThatThrownBy(
            () -> {
              var answer = change.get();
              waitForNoStandbyUntil(() -> answer.toCompletableFuture().isDone());
              await(answer);
            })
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("committed with a warning");
  }

  /// Returns when commits wait for it: the server takes its time to learn that they must.
  private void loseStandby() throws Exception {
    administrator.execute("CREATE TABLE probe AS SELECT 0 AS n");
    administrator.execute("ALTER SYSTEM SET synchronous_standby_names = 'gone'");
    administrator.execute("SELECT pg_reload_conf()");
    try (var other = DriverManager.getConnection(url());
        var probe = other.createStatement()) {
      probe.execute("SET synchronous_commit = on");
      var waited = new FutureTask<>(() -> changeUntilWarned(probe));
      Thread.ofVirtual().start(waited);
      waitForNoStandbyUntil(waited::isDone);
      waited.get();
    }
  }

  private static boolean changeUntilWarned(Statement probe) throws SQLException {
    do {
      probe.execute("UPDATE probe SET n = n + 1");
    } while (probe.getWarnings() == null);
    return true;
  }

  private void needNoStandby() throws SQLException {
    administrator.execute("ALTER SYSTEM RESET synchronous_standby_names");
    administrator.execute("SELECT pg_reload_conf()");
  }

  /// Ends each wait for the standby once: another time would end what the session does next.
  private void waitForNoStandbyUntil(BooleanSupplier over) throws SQLException {
    var ended = new HashSet<String>();
    while (!over.getAsBoolean()) {
      var waiting = new HashSet<String>();
      var rows =
          administrator.executeQuery(
              "SELECT pid, query_start FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
      while (rows.next()) {
        if (ended.add(rows.getInt(1) + " " + rows.getString(2))) {
          waiting.add(rows.getString(1));
        }
      }
      for (var pid : waiting) {
        administrator.execute("SELECT pg_cancel_backend(" + pid + ")");
      }
    }
  }
}
