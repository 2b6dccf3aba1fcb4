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

import dev.troupe.persistence.postgresql.epoch.Epochs;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.EventStore.Retention;
import dev.troupe.runtime.store.EventStore.Rule;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
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
  void partitionWhoseRowIsHeldFailsAloneAndItsEpochGoesOn() throws SQLException {
    try (var store = PostgresEventStore.open(withOneLane(), InstantSource.fixed(NOW));
        var holder = session();
        var statement = holder.createStatement()) {
      await(store.open(PARTITION));
      await(store.open(SECOND));
      CompletionStage<List<Outcome>> before;
      CompletionStage<List<Outcome>> stuck;
      CompletionStage<List<Outcome>> beside;
      try (var hold = holdAppends()) {
        // The first one waits in the database, the others are stored together.
        before = store.append(List.of(group(created(SECOND, 1, 1, "a"))));
        awaitBlocked(statement);
        holder.setAutoCommit(false);
        statement.execute("SELECT id FROM troupe.partition WHERE number = 0 FOR UPDATE");
        stuck = store.append(List.of(group(created(PARTITION, 1, 2, "b"))));
        beside = store.append(List.of(group(created(SECOND, 1, 3, "c"))));
        hold.rollback();
      }

      assertThat(await(before)).containsExactly(Outcome.STORED);
      assertThat(await(beside)).containsExactly(Outcome.STORED);
      assertThatThrownBy(() -> await(stuck))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("55P03");
      holder.rollback();
      assertThat(await(store.append(List.of(group(created(PARTITION, 1, 4, "d"))))))
          .containsExactly(Outcome.STORED);
    }
  }

  private PostgresSettings withOneLane() {
    return new PostgresSettings(
        database.url(),
        database.user(),
        database.password(),
        1,
        database.readers(),
        database.maxWaiting(),
        database.batchGroups(),
        database.batchBytes(),
        database.statementTimeout(),
        database.readTimeout(),
        database.holderTimeout(),
        database.connectTimeout());
  }

  /// Until an append waits for a lock.
  private static void awaitBlocked(Statement statement) throws SQLException {
    boolean blocked;
    do {
      var row =
          statement.executeQuery(
              "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'troupe'"
                  + " AND wait_event_type = 'Lock' AND datname = current_database())");
      row.next();
      blocked = row.getBoolean(1);
    } while (!blocked);
  }

  @Test
  void callerIsNeverHeldAndOverloadIsRefused() throws SQLException {
    try (var store = open()) {
      await(store.open(PARTITION));
      var answers = new ArrayList<CompletionStage<List<Outcome>>>();
      try (var hold = holdAppends();
          var statement = hold.createStatement()) {
        for (int n = 1; n <= 3 * database.maxWaiting(); n++) {
          answers.add(store.append(List.of(group(created(PARTITION, 1, n, "pod-" + n)))));
          if (n == 1) {
            awaitBlocked(statement);
          }
        }
        var last = answers.getLast();
        assertThat(await(last)).containsExactly(Outcome.OVERLOADED);
        hold.rollback();
      }

      assertThat(await(answers.getFirst())).containsExactly(Outcome.STORED);
      var outcomes = answers.stream().map(answer -> await(answer).getFirst()).toList();
      long stored = outcomes.stream().filter(Outcome.STORED::equals).count();
      assertThat(stored).isEqualTo(1 + database.maxWaiting());
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
      assertThat(await(store.tail(OTHER.collection(), 0, EventStore.Most.of(10))).events())
          .isEmpty();
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
      assertThat(await(store.tail(PODS, 0, EventStore.Most.of(10))).horizon())
          .isEqualTo(version(SECOND, 600));
      assertThat(await(store.open(PARTITION)).highestVersion()).isEqualTo(version(PARTITION, 598));
      assertThat(await(store.open(SECOND)).highestVersion()).isEqualTo(version(SECOND, 600));
    }
  }

  @Test
  void highestVersionOfAQuietPartitionIsOneLookUpInABusyCollection() throws SQLException {
    try (var store = open();
        var session = session();
        var statement = session.createStatement()) {
      await(store.open(PARTITION));
      await(store.open(SECOND));
      await(store.append(List.of(group(created(PARTITION, 1, 1, "a")))));
      for (int n = 2; n <= 1_000; n++) {
        await(store.append(List.of(group(updated(SECOND, 1, n, "b", n)))));
      }

      var read = new ArrayList<Long>();
      for (var analyze : List.of("SELECT", "ANALYZE troupe.event")) {
        statement.execute(analyze);
        read.add(eventsRead(statement));
      }
      assertThat(read).containsExactly(1L, 1L);
      assertThat(await(store.open(PARTITION)).highestVersion()).isEqualTo(version(PARTITION, 1));
    }
  }

  /// By the index of partitions the server would read all their events to find that there is none.
  @Test
  void newestEventOfAResourceIsOneLookUpWhereOthersAreHot() throws SQLException {
    try (var store = open();
        var session = session();
        var statement = session.createStatement()) {
      await(store.open(PARTITION));
      for (int n = 1; n <= 1_000; n++) {
        await(store.append(List.of(group(updated(PARTITION, 1, n, "hot", n)))));
      }
      statement.execute("ANALYZE troupe.event");
      statement.execute("SET plan_cache_mode = force_generic_plan");
      statement.execute(
          "PREPARE newest (int, text) AS SELECT version FROM troupe.event"
              + " WHERE partition = $1 AND key = $2 ORDER BY version DESC LIMIT 1");
      var id = statement.executeQuery("SELECT id FROM troupe.partition");
      id.next();
      var plan =
          statement.executeQuery(
              "EXPLAIN (FORMAT JSON) EXECUTE newest(" + id.getInt(1) + ", 'default/absent')");
      plan.next();

      assertThat(plan.getString(1)).contains("event_of_resource");
    }
  }

  /// How many events the server looks at for the highest version of the first partition.
  private static long eventsRead(Statement statement) throws SQLException {
    var plan =
        statement.executeQuery(
            "EXPLAIN (ANALYZE, FORMAT JSON) "
                + Epochs.HIGHEST.replace(
                    "?", "(SELECT id FROM troupe.partition WHERE number = 0)"));
    plan.next();
    var event = plan.getString(1).split("\"Relation Name\": \"event\"", 2)[1];
    return number(event, "Actual Rows") + number(event, "Rows Removed by Filter");
  }

  /// The first number with a name; 0 if there is none.
  private static long number(String plan, String name) {
    var found = Pattern.compile('"' + name + "\": ([0-9]+)").matcher(plan);
    return found.find() ? Long.parseLong(found.group(1)) : 0;
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

      assertThat(await(one.tail(PODS, version(PARTITION, 298), EventStore.Most.of(10))).events())
          .hasSize(2);
      assertThat(await(one.tail(PODS, 0, EventStore.Most.of(10))).horizon())
          .isEqualTo(version(PARTITION, 298));
    }
  }

  @Test
  void memberWhoseClockIsAnHourAheadTakesNoPastAway() {
    var now = Instant.now();
    try (var ahead =
        PostgresEventStore.open(database, InstantSource.fixed(now.plus(Duration.ofHours(1))))) {
      await(ahead.open(PARTITION));
      long recent = now.minusSeconds(10).toEpochMilli();
      await(ahead.append(List.of(group(created(PARTITION, 1, recent, "a")))));
      await(ahead.append(List.of(group(updated(PARTITION, 1, recent + 1, "a", 2)))));

      await(ahead.prune(new Retention(new Rule(Duration.ofMinutes(5), 1), Map.of())));

      assertThat(await(ahead.tail(PODS, 0, EventStore.Most.of(10))).events()).hasSize(2);
    }
  }
}
