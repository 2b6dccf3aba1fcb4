package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.store.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who may read without asking the database.
@Timeout(60)
class ReadLeaseTest {

  private static final String LOCK = Long.toString(0x74726f757573L);
  private static final String SESSIONS =
      " FROM pg_stat_activity WHERE datname = current_database()"
          + " AND application_name = 'troupe start'";

  private final PostgresSettings database = PostgresServer.of("18").database();
  private final CompletableFuture<StoreException> displaced = new CompletableFuture<>();

  private PostgresEventStore open() {
    return PostgresEventStore.openAlone(database, InstantSource.fixed(NOW), displaced::complete);
  }

  private Connection session() throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), "");
  }

  private static long number(Connection session, String sql) throws SQLException {
    try (var statement = session.createStatement()) {
      var row = statement.executeQuery(sql);
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(Connection session, String sql) throws SQLException {
    try (var statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void sessionThatWasLostIsTakenAgain() throws Exception {
    try (var store = open();
        var session = session()) {
      assertThat(store.isCurrent()).isTrue();
      long lost = number(session, "SELECT pid" + SESSIONS);

      execute(session, "SELECT pg_terminate_backend(" + lost + ")");

      while (number(session, "SELECT count(*)" + SESSIONS + " AND pid <> " + lost) == 0) {
        Thread.onSpinWait();
      }
      awaitCurrent(store);
      assertThat(store.trouble()).isEmpty();
      assertThat(displaced).isNotDone();
    }
  }

  private PostgresEventStore openUnruly() {
    return PostgresEventStore.openAlone(
        PostgresServer.settings(database.url() + UnrulySockets.parameter()),
        InstantSource.fixed(NOW),
        displaced::complete);
  }

  @Test
  void bugsOfTheDriverDoNotEndTheRenewal() {
    try (var store = openUnruly()) {
      UnrulySockets.throwing(() -> new IllegalStateException("a bug of the driver"));
      while (store.isCurrent() || UnrulySockets.thrown() < 5) {
        Thread.onSpinWait();
      }
      assertThat(store.trouble().orElseThrow()).contains("does not answer");

      UnrulySockets.throwing(null);
      awaitCurrent(store);
      assertThat(displaced).isNotDone();
    } finally {
      UnrulySockets.throwing(null);
    }
  }

  @Test
  void whoeverCanNeverRenewTheLeaseEnds() throws Exception {
    try (var store = openUnruly()) {
      UnrulySockets.throwing(() -> new NoSuchMethodError("some"));

      assertThat(displaced.get(20, TimeUnit.SECONDS))
          .hasMessageContaining("cannot be renewed: java.lang.NoSuchMethodError: some");
      assertThat(store.isCurrent()).isFalse();
    } finally {
      UnrulySockets.throwing(null);
    }
  }

  private static void awaitCurrent(PostgresEventStore store) {
    while (!store.isCurrent()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoeverWasTakenOverReadsNothingOnceTheLeaseIsOverAndIsToldSo() throws Exception {
    try (var store = open();
        var session = session()) {
      takeOver(session);
      long taken = System.nanoTime();

      for (long now = taken; store.isCurrent(); now = System.nanoTime()) {
        assertThat(now - taken).isLessThan(Duration.ofSeconds(2).toNanos());
      }
      assertThat(store.trouble().orElseThrow()).contains("does not answer");
      assertThat(displaced).isNotDone();

      execute(session, "UPDATE troupe.meta SET holder = holder + 1");
      assertThat(displaced.get(20, TimeUnit.SECONDS)).hasMessageContaining("has taken over");
      assertThat(store.isCurrent()).isFalse();
    }
  }

  @Test
  void whoeverFindsAnotherHolderWhileItsSessionLivesReadsNothingMore() throws Exception {
    try (var store = open();
        var session = session()) {
      awaitCurrent(store);
      execute(session, "UPDATE troupe.meta SET holder = holder + 1");

      assertThat(displaced.get(20, TimeUnit.SECONDS)).hasMessageContaining("has taken over");
      assertThat(store.isCurrent()).isFalse();
    }
  }

  /// First in the queue for the lock, before its holder's session ends.
  private void takeOver(Connection session) throws Exception {
    long lost = number(session, "SELECT pid" + SESSIONS);
    var waiting =
        CompletableFuture.runAsync(() -> {
          try {
            execute(session, "SELECT pg_advisory_lock(" + LOCK + ")");
          } catch (SQLException failure) {
            throw new IllegalStateException(failure);
          }
        });
    try (var other = session()) {
      while (number(other, "SELECT count(*) FROM pg_locks WHERE NOT granted") == 0) {
        Thread.onSpinWait();
      }
      execute(other, "SELECT pg_terminate_backend(" + lost + ")");
    }
    waiting.get(20, TimeUnit.SECONDS);
  }

  @Test
  void successorOfOneThatDidNotEndCleanlyWaitsForItsLease() {
    try (var store = open()) {
      await(store.open(PARTITION));
    }
    long start = System.nanoTime();
    open().close();
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofSeconds(2).toNanos());
  }

  @Test
  void successorOfOneThatEndedCleanlyDoesNotWait() throws SQLException {
    try (var store = open();
        var session = session()) {
      await(store.close(PARTITION, await(store.open(PARTITION)).epoch(), true));
      execute(session, "UPDATE troupe.meta SET lease_millis = 600000");
    }
    open().close();
  }
}
