package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.persistence.contract.ClusterStoreContract;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.cluster.ClusterStore;
import dev.troupe.runtime.store.cluster.Standing;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RollTest {

  @Nested
  class OnTheOldestVersion extends OnAServer {
    OnTheOldestVersion() {
      super("15");
    }
  }

  @Nested
  class OnTheNewestVersion extends OnAServer {
    OnTheNewestVersion() {
      super("18");
    }

    @Tag("thorough")
    @Test
    void whoeverWantsTheDatabaseForHimselfWaitsForAClusterThatDidNotLeave() {
      var roll = change(form(A).roll(), A, B);
      long begun = System.nanoTime();

      try (var alone = alone()) {
        assertThat(alone.isCurrent()).isTrue();
        assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.SECONDS.toNanos(10));
        assertThat(beat(A)).isEqualTo(new Standing(new Roll(3, Set.of(), Set.of()), 3, 0, true));
        assertThat(change(roll, A, C).members()).isEmpty();
      }
    }
  }

  @Timeout(60)
  @SuppressWarnings("NullAway.Init")
  abstract static class OnAServer implements ClusterStoreContract {

    private final String version;
    private final CompletableFuture<StoreException> displaced = new CompletableFuture<>();

    private PostgresSettings database;
    private PostgresEventStore store;

    OnAServer(String version) {
      this.version = version;
    }

    @BeforeEach
    void openStore() {
      database = PostgresServer.of(version).database();
      store = PostgresEventStore.openShared(database, InstantSource.fixed(NOW));
    }

    @AfterEach
    void closeStore() {
      store.close();
    }

    @Override
    public ClusterStore store() {
      return store.roll();
    }

    PostgresEventStore alone() {
      return PostgresEventStore.openAlone(database, InstantSource.fixed(NOW), displaced::complete);
    }

    private void execute(String sql) throws SQLException {
      try (var session = DriverManager.getConnection(database.url(), database.user(), "");
          var statement = session.createStatement()) {
        statement.execute(sql);
      }
    }

    @Test
    void membersOfAllStoresSeeTheSame() {
      try (var other = PostgresEventStore.openShared(database, InstantSource.fixed(NOW))) {
        assertThat(other.origin()).isEqualTo(store.origin());
        var formed = form(A);

        assertThat(await(other.roll().beat(B))).isEqualTo(formed);
        var next = await(other.roll().change(formed.roll().next(Set.of(A, B))));
        assertThat(beat(A).roll()).isEqualTo(next);
      }
    }

    @Test
    void everyDatabaseHasAnOriginOfItsOwn() {
      var another = PostgresServer.of(version).database();

      try (var other = PostgresEventStore.openShared(another, InstantSource.fixed(NOW))) {
        assertThat(other.origin()).isNotEqualTo(store.origin());
      }
    }

    @Test
    void sessionThatWasLostIsMadeAnew() throws SQLException {
      form(A);
      execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
              + " current_database() AND pid <> pg_backend_pid()");

      assertThatThrownBy(() -> beat(A)).isInstanceOf(StoreException.class);
      assertThat(beat(A).roll().members()).containsExactly(A);
    }

    @Test
    void noClusterIsFormedWhereSomebodyHasTheDatabaseForHimself() {
      try (var alone = alone()) {
        assertThat(alone.isCurrent()).isTrue();

        assertThatThrownBy(() -> form(A))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("another running Troupe has the database for itself");
      }
      awaitFormed();
    }

    /// The server lets go of what a session had a little later than the session ends.
    private void awaitFormed() {
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (System.nanoTime() < until) {
        try {
          assertThat(form(A).roll().members()).containsExactly(A);
          return;
        } catch (StoreException refusal) {
          assertThat(refusal).hasMessageContaining("has the database for itself");
        }
      }
      throw new AssertionError("no cluster is formed");
    }

    /// Its session is lost, so that nothing keeps a cluster from being formed.
    @Test
    void whoeverHadTheDatabaseForHimselfIsToldThatAClusterWasFormed() throws Exception {
      try (var alone = alone()) {
        assertThat(alone.isCurrent()).isTrue();
        while (!displaced.isDone()) {
          execute(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                  + " WHERE datname = current_database() AND application_name = 'troupe start'");
          store().form(A, beat(A));
        }

        assertThat(displaced.get(20, TimeUnit.SECONDS)).hasMessageContaining("has taken over");
        assertThat(alone.isCurrent()).isFalse();
      }
    }

    @Test
    void databaseOfALivingClusterIsNobodysAlone() throws Exception {
      change(form(A).roll(), A, B);
      var over = new CompletableFuture<Standing>();
      var beating =
          Thread.ofVirtual()
              .start(() -> {
                while (!over.isDone()) {
                  beat(B);
                }
              });
      try {
        assertThatThrownBy(this::alone)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("in use by a cluster of " + A + ", " + B);
      } finally {
        over.complete(beat(B));
        beating.join();
      }
      assertThat(beat(A).roll().members()).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void clusterThatHasEndedKeepsNobodyWaiting() {
      change(form(A).roll());

      alone().close();

      assertThat(form(new MemberId("later", 1)).cluster()).isEqualTo(4);
    }
  }
}
