package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.ClusterStoreContract.A;
import static dev.troupe.persistence.contract.ClusterStoreContract.B;
import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.OTHER;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.persistence.contract.Appends;
import dev.troupe.persistence.postgresql.append.AppendSql;
import dev.troupe.persistence.postgresql.append.AppendStatement;
import dev.troupe.persistence.postgresql.append.SingleEventStatement;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Opened;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.SupersededException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Members that fight over a partition, each with connections of its own.
class FenceTest {

  private static final String ROW =
      "SELECT p.id FROM troupe.partition p JOIN troupe.collection c ON c.id = p.collection"
          + " WHERE c.name = 'pods' AND p.number = 0 FOR SHARE OF p";

  private static PostgresEventStore store(PostgresSettings database) {
    return PostgresEventStore.open(database, InstantSource.fixed(NOW));
  }

  private static CompletionStage<List<Outcome>> append(
      EventStore store, PartitionId partition, long epoch, long n) {
    return store.append(List.of(group(created(partition, epoch, n, "pod-" + n))));
  }

  private static Connection session(PostgresSettings database) throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  @ParameterizedTest
  @ValueSource(strings = {"15", "18"})
  void nothingOfAnOldEpochIsStoredBehindOpenAndOtherPartitionsGoOn(String version)
      throws Exception {
    var database = PostgresServer.of(version).database();
    try (var old = store(database);
        var next = store(database);
        var threads = Executors.newFixedThreadPool(2)) {
      await(old.open(PARTITION));
      await(old.open(OTHER));

      var over = new AtomicBoolean();
      Future<List<Outcome>> fought =
          threads.submit(
              () -> Appends.until(old, PARTITION, 1, answer -> answer == Outcome.FENCED));
      Future<List<Outcome>> other =
          threads.submit(() -> Appends.until(old, OTHER, 1, _ -> over.get()));
      Appends.awaitStored(next, PARTITION, 100);
      var opened = await(next.open(PARTITION));
      over.set(true);

      long following = 1L + fought.get().size();
      check(next, fought.get(), opened);
      assertThat(other.get()).containsOnly(Outcome.STORED);
      assertThat(await(append(next, PARTITION, opened.epoch(), following)))
          .containsExactly(Outcome.STORED);
    }
  }

  private static void check(EventStore store, List<Outcome> old, Opened opened) {
    long acknowledged = old.stream().filter(Outcome.STORED::equals).count();
    assertThat(old).startsWith(Outcome.STORED).endsWith(Outcome.FENCED);
    assertThat(Appends.stored(store, PARTITION)).isEqualTo(acknowledged);
    assertThat(opened.epoch()).isEqualTo(2);
    assertThat(opened.highestVersion())
        .isEqualTo(created(PARTITION, 1, acknowledged, "x").version());
  }

  @ParameterizedTest
  @ValueSource(strings = {"15", "18"})
  void appendThatWaitsWhileThePartitionIsOpenedFindsItselfFenced(String version) throws Exception {
    var database = PostgresServer.of(version).database();
    try (var old = store(database);
        var next = session(database);
        var statement = next.createStatement()) {
      await(old.open(PARTITION));
      next.setAutoCommit(false);
      statement.execute(
          "UPDATE troupe.partition SET epoch = epoch + 1 WHERE id IN"
              + " (SELECT p.id FROM troupe.partition p JOIN troupe.collection c"
              + " ON c.id = p.collection WHERE c.name = 'pods')");

      var waiting = append(old, PARTITION, 1, 1);
      awaitBlocked(database);
      next.commit();

      assertThat(await(waiting)).containsExactly(Outcome.FENCED);
      assertThat(Appends.stored(old, PARTITION)).isZero();
    }
  }

  /// Until somebody waits for a lock.
  private static void awaitBlocked(PostgresSettings database) throws SQLException {
    try (var session = session(database);
        var statement = session.createStatement()) {
      while (true) {
        var blocked =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'troupe'"
                    + " AND wait_event_type = 'Lock' AND datname = current_database()");
        blocked.next();
        if (blocked.getInt(1) > 0) {
          return;
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"15", "18"})
  void sessionThatFrozeInTheMiddleOfAnAppendDoesNotKeepThePartition(String version)
      throws Exception {
    var database = PostgresServer.of(version).database();
    try (var next = store(database);
        var frozen = session(database);
        var statement = frozen.createStatement()) {
      await(next.open(PARTITION));
      frozen.setAutoCommit(false);
      statement.execute(ROW);

      var opened = await(next.open(PARTITION));

      assertThat(opened.epoch()).isEqualTo(2);
      assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
      assertThat(await(append(next, PARTITION, 2, 1))).containsExactly(Outcome.STORED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"15", "18"})
  void connectionThatIsLostMakesTheOutcomeUnknownAndTheNextAppendWorks(String version)
      throws Exception {
    var database = PostgresServer.of(version).database();
    try (var store = store(database);
        var other = session(database);
        var statement = other.createStatement()) {
      await(store.open(PARTITION));
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE troupe.event IN EXCLUSIVE MODE");

      var lost = append(store, PARTITION, 1, 1);
      awaitBlocked(database);
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'troupe' AND wait_event_type = 'Lock'"
              + " AND datname = current_database()");
      other.commit();

      assertThatThrownBy(() -> await(lost))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("57P01");
      assertThat(await(append(store, PARTITION, 1, 2))).containsExactly(Outcome.STORED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"15", "18"})
  void statementThatSharesNoLockIsFoundAtTheStart(String version) {
    var lock = " FOR SHARE OF p";

    assertIsFoundAtTheStart(
        version, new AppendSql(AppendStatement.SQL.replace(lock, ""), SingleEventStatement.SQL));
    assertIsFoundAtTheStart(
        version, new AppendSql(AppendStatement.SQL, SingleEventStatement.SQL.replace(lock, "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"15", "18"})
  void statementThatLooksAtTheEpochElsewhereIsFoundAtTheStart(String version) {
    for (var place : List.of("stored AS", "facts AS", "SELECT g.grp")) {
      assertIsFoundAtTheStart(
          version,
          new AppendSql(lookingElsewhere(AppendStatement.SQL, place), SingleEventStatement.SQL));
    }
    assertIsFoundAtTheStart(
        version,
        new AppendSql(AppendStatement.SQL, lookingElsewhere(SingleEventStatement.SQL, "INSERT")));
  }

  /// The first join behind a place takes the epoch from the table.
  private static String lookingElsewhere(String statement, String place) {
    int at = statement.indexOf(place);
    return statement.substring(0, at)
        + statement
            .substring(at)
            .replaceFirst(
                "JOIN fence f ON f.id = (.).partition AND f.epoch = .\\.epoch",
                "JOIN fence f ON f.id = $1.partition JOIN troupe.partition q ON q.id = f.id"
                    + " AND q.epoch = $1.epoch");
  }

  private static void assertIsFoundAtTheStart(String version, AppendSql broken) {
    var database = PostgresServer.of(version).database();
    assertThat(broken).isNotEqualTo(AppendSql.STANDARD);

    assertThatThrownBy(
            () -> PostgresEventStore.open(database, InstantSource.fixed(NOW), broken, 10))
        .as("%s", broken)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("does not fence");
  }

  @ParameterizedTest
  @ValueSource(strings = {"15", "18"})
  void newIncarnationOfTheStoreEndsAllEpochs(String version) throws SQLException {
    var database = PostgresServer.of(version).database();
    try (var store = store(database);
        var session = session(database);
        var statement = session.createStatement()) {
      await(store.open(PARTITION));
      statement.execute("UPDATE troupe.partition SET incarnation = incarnation + 1");

      assertThat(await(append(store, PARTITION, 1, 1))).containsExactly(Outcome.FENCED);
    }
  }

  /// Neither what the newer one has opened, nor what it will.
  @ParameterizedTest
  @ValueSource(strings = {"15", "18"})
  void olderIncarnationCannotOpen(String version) throws SQLException {
    var database = PostgresServer.of(version).database();
    try (var old = store(database);
        var session = session(database);
        var statement = session.createStatement()) {
      await(old.open(PARTITION));
      await(old.open(OTHER));
      statement.execute("UPDATE troupe.meta SET origin = '7/00000001'");
      try (var next = store(database)) {
        assertThat(await(next.open(PARTITION)).epoch()).isEqualTo(2);

        for (var partition : List.of(PARTITION, OTHER)) {
          assertThatThrownBy(() -> await(old.open(partition)))
              .isInstanceOf(SupersededException.class);
        }

        assertThat(await(append(next, PARTITION, 2, 1))).containsExactly(Outcome.STORED);
        assertThat(await(next.open(OTHER)).epoch()).isEqualTo(2);
      }
    }
  }

  /// Members of the former cluster, of which nobody has told them.
  @ParameterizedTest
  @ValueSource(strings = {"15", "18"})
  void olderClusterCanNeitherOpenNorStore(String version) {
    var database = PostgresServer.of(version).database();
    try (var old = PostgresEventStore.openShared(database, InstantSource.fixed(NOW));
        var next = PostgresEventStore.openShared(database, InstantSource.fixed(NOW))) {
      var seen = await(old.roll().beat(A));
      var first = await(old.roll().form(A, seen));
      await(old.open(PARTITION));
      await(old.open(OTHER));
      assertThat(await(append(old, PARTITION, 1, 1))).containsExactly(Outcome.STORED);

      await(next.roll().form(B, first));
      var opened = await(next.open(PARTITION));

      assertThat(opened.epoch()).isEqualTo(2);
      assertThat(opened.clean()).isFalse();
      assertThat(await(append(old, PARTITION, 1, 2))).containsExactly(Outcome.FENCED);
      assertThat(await(append(old, PARTITION, 2, 2))).containsExactly(Outcome.FENCED);
      await(old.close(PARTITION, 2, true));
      assertThatThrownBy(() -> await(old.open(PARTITION))).isInstanceOf(SupersededException.class);
      assertThat(await(append(next, PARTITION, 2, 2))).containsExactly(Outcome.STORED);
      // What the new cluster has not opened yet.
      assertThat(await(append(old, OTHER, 1, 2))).containsExactly(Outcome.STORED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"15", "18"})
  void whoIsInNoClusterOpensNothingOfOne(String version) {
    var database = PostgresServer.of(version).database();
    try (var member = PostgresEventStore.openShared(database, InstantSource.fixed(NOW));
        var stranger = PostgresEventStore.openShared(database, InstantSource.fixed(NOW))) {
      var formed = await(member.roll().form(A, await(member.roll().beat(A))));
      await(member.open(PARTITION));
      await(stranger.roll().beat(B));

      assertThatThrownBy(() -> await(stranger.open(PARTITION)))
          .isInstanceOf(SupersededException.class);

      await(member.roll().change(formed.roll().next(Set.of(A, B))));
      await(stranger.roll().beat(B));
      assertThat(await(stranger.open(PARTITION)).epoch()).isEqualTo(2);
    }
  }
}
