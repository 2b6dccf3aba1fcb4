package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.OTHER;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.PODS;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.deleted;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.contract.Events.updated;
import static dev.troupe.persistence.contract.Events.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.EventStore.Retention;
import dev.troupe.runtime.store.EventStore.Rule;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/// What does not go well for one is not felt by the others.
class IsolationTest {

  private static final PartitionId SECOND = new PartitionId(PODS, 1);
  private static final Retention EVERYTHING = new Retention(new Rule(Duration.ZERO, 1), Map.of());

  private final PostgresSettings database = PostgresServer.of("18").database();

  private PostgresEventStore open() {
    return PostgresEventStore.open(database, InstantSource.fixed(NOW));
  }

  private Connection session() throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  /// Nobody stores anything while the answer is open.
  private Connection holdAppends() throws SQLException {
    var session = session();
    session.setAutoCommit(false);
    try (var statement = session.createStatement()) {
      statement.execute("LOCK TABLE troupe.event IN EXCLUSIVE MODE");
    }
    return session;
  }

  @Test
  void groupThatTheDatabaseRefusesFailsAlone() throws SQLException {
    try (var store = open()) {
      await(store.open(PARTITION));
      CompletionStage<List<Outcome>> before;
      CompletionStage<List<Outcome>> refused;
      CompletionStage<List<Outcome>> behind;
      try (var hold = holdAppends()) {
        // The first one waits in the database, the others are stored together.
        before = store.append(List.of(group(created(PARTITION, 1, 1, "a"))));
        refused =
            store.append(
                List.of(new Group(PARTITION, 1, List.of(), Map.of("no\0name", new byte[] {1}))));
        behind = store.append(List.of(group(created(PARTITION, 1, 2, "b"))));
        hold.rollback();
      }

      assertThat(await(before)).containsExactly(Outcome.STORED);
      assertThatThrownBy(() -> await(refused)).isInstanceOf(StoreException.class);
      assertThat(await(behind)).containsExactly(Outcome.STORED);
    }
  }

  @Test
  void callerIsNeverHeldAndOverloadIsRefused() throws SQLException {
    try (var store = open()) {
      await(store.open(PARTITION));
      var answers = new ArrayList<CompletionStage<List<Outcome>>>();
      try (var hold = holdAppends()) {
        for (int n = 1; n <= 3 * database.maxWaiting(); n++) {
          answers.add(store.append(List.of(group(created(PARTITION, 1, n, "pod-" + n)))));
        }
        var last = answers.getLast();
        assertThat(await(last)).containsExactly(Outcome.OVERLOADED);
        hold.rollback();
      }

      assertThat(await(answers.getFirst())).containsExactly(Outcome.STORED);
      var outcomes = answers.stream().map(answer -> await(answer).getFirst()).toList();
      long stored = outcomes.stream().filter(Outcome.STORED::equals).count();
      assertThat(stored).isBetween((long) database.maxWaiting(), 2L * database.maxWaiting() + 64);
      assertThat(outcomes.subList(0, (int) stored)).containsOnly(Outcome.STORED);
      assertThat(outcomes.subList((int) stored, outcomes.size())).containsOnly(Outcome.OVERLOADED);
    }
  }

  @Test
  void readOfWhatIsNotThereMakesNothing() throws SQLException {
    var unknown = new PartitionId(OTHER.collection(), 3);
    try (var store = open();
        var session = session();
        var statement = session.createStatement()) {
      assertThat(await(store.scan(unknown, Long.MAX_VALUE, _ -> {}))).isZero();
      assertThat(await(store.tail(OTHER.collection(), 0, 10)).events()).isEmpty();
      assertThat(await(store.history(created(OTHER, 1, 1, "a").key(), 10))).isEmpty();

      var rows =
          statement.executeQuery(
              "SELECT (SELECT count(*) FROM troupe.collection)"
                  + " + (SELECT count(*) FROM troupe.partition)");
      rows.next();
      assertThat(rows.getInt(1)).isZero();
    }
  }

  /// Also of what a tombstone at the end was the last of.
  @Test
  void pruningGoesOnBesideAppendsAndKeepsTheHighestVersion() {
    try (var store = open()) {
      await(store.open(PARTITION));
      await(store.open(SECOND));
      var answers = new ArrayList<CompletionStage<List<Outcome>>>();
      for (int n = 1; n < 600; n += 2) {
        var partition = n % 4 == 1 ? PARTITION : SECOND;
        answers.add(
            store.append(
                List.of(
                    group(
                        created(partition, 1, n, "pod-" + n),
                        deleted(partition, 1, n + 1, "pod-" + n, 2)))));
        if (n % 50 == 1) {
          await(store.prune(EVERYTHING));
        }
      }
      for (var answer : answers) {
        assertThat(await(answer)).containsExactly(Outcome.STORED);
      }
      await(store.prune(EVERYTHING));

      assertThat(await(store.scan(PARTITION, Long.MAX_VALUE, _ -> {}))).isZero();
      assertThat(await(store.tail(PODS, 0, 10)).horizon()).isEqualTo(version(SECOND, 600));
      assertThat(await(store.open(PARTITION)).highestVersion()).isEqualTo(version(PARTITION, 598));
      assertThat(await(store.open(SECOND)).highestVersion()).isEqualTo(version(SECOND, 600));
    }
  }

  @Test
  void storesThatPruneTogetherRemoveTheSame() {
    try (var one = open();
        var two = open()) {
      await(one.open(PARTITION));
      for (int n = 1; n <= 300; n++) {
        await(one.append(List.of(group(updated(PARTITION, 1, n, "a", n)))));
      }
      var retention = new Retention(new Rule(Duration.ZERO, 3), Map.of());
      for (var pruned : List.of(one.prune(retention), two.prune(retention), one.prune(retention))) {
        await(pruned);
      }

      assertThat(await(one.tail(PODS, version(PARTITION, 298), 10)).events()).hasSize(2);
      assertThat(await(one.tail(PODS, 0, 10)).horizon()).isEqualTo(version(PARTITION, 298));
    }
  }
}
