package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.OTHER;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.contract.Events.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.resource.Version;
import dev.troupe.persistence.postgresql.schema.Schema;
import dev.troupe.persistence.postgresql.session.Database;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.NewerStoreException;
import dev.troupe.runtime.store.StoreException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What a database must be like, and what is said if it is not.
class SchemaTest {

  private final PostgresSettings database = PostgresServer.of("18").database();

  private PostgresEventStore open() {
    return PostgresEventStore.open(database, InstantSource.fixed(NOW));
  }

  private static PostgresEventStore alone(PostgresSettings database) {
    return PostgresEventStore.openAlone(
        database,
        InstantSource.fixed(NOW),
        displaced -> {
          throw displaced;
        });
  }

  private void execute(String sql) throws SQLException {
    try (var session = DriverManager.getConnection(database.url(), database.user(), "");
        var statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void storeIsFoundAgain() {
    try (var store = open()) {
      await(store.open(PARTITION));
    }
    try (var store = open()) {
      assertThat(await(store.open(PARTITION)).epoch()).isEqualTo(2);
    }
  }

  @Test
  void membersThatStartTogetherMakeTheTablesOnce() throws Exception {
    try (var threads = Executors.newFixedThreadPool(3)) {
      var stores =
          threads.invokeAll(Collections.nCopies(3, (Callable<PostgresEventStore>) this::open));
      for (var store : stores) {
        store.get().close();
      }
    }
  }

  @Test
  void databaseOfARunningControlPlaneIsRefused() {
    var first = alone(database);

    assertThatThrownBy(() -> alone(database))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("in use by another running Troupe");
    first.close();
    alone(database).close();
  }

  @Test
  void tablesThatComeFromAnotherServerAreANewIncarnation() throws SQLException {
    try (var store = open()) {
      await(store.open(PARTITION));
      await(store.append(List.of(group(created(PARTITION, 1, 1, "a")))));
    }
    execute("UPDATE troupe.meta SET origin = '7/00000001'");

    try (var store = open()) {
      long now = Version.atMillis(NOW.toEpochMilli());
      assertThat(await(store.append(List.of(group(created(PARTITION, 1, 2, "b"))))))
          .containsExactly(EventStore.Outcome.FENCED);
      assertThat(await(store.tail(PARTITION.collection(), now, EventStore.Most.of(10))).horizon())
          .isGreaterThan(now);
      var opened = await(store.open(PARTITION));
      assertThat(opened.epoch()).isEqualTo(2);
      assertThat(opened.clean()).isFalse();
      assertThat(opened.highestVersion()).isGreaterThan(now);
    }
    try (var store = open()) {
      assertThat(await(store.open(PARTITION)).epoch()).isEqualTo(3);
    }
  }

  /// What version 4 of the tables did not know, and version 5 did not.
  private static final String WITHOUT_CLUSTER =
      "ALTER TABLE troupe.partition DROP COLUMN cluster; DROP TABLE troupe.roll, troupe.struck;";

  @Test
  void tablesOfTheVersionBeforeAreUpgraded() throws SQLException {
    try (var store = open()) {
      await(store.open(PARTITION));
      await(store.append(List.of(group(created(PARTITION, 1, 1, "a")))));
      await(store.open(OTHER));
      await(store.close(OTHER, 1, true));
    }
    execute(WITHOUT_CLUSTER);
    execute("ALTER TABLE troupe.partition DROP COLUMN unclean; UPDATE troupe.meta SET version = 4");

    try (var store = open()) {
      // As whoever had it open before would close it: he does not say whether he served.
      execute("UPDATE troupe.partition SET open = false");
      var left = await(store.open(PARTITION));
      assertThat(left.epoch()).isEqualTo(2);
      assertThat(left.clean()).isFalse();
      assertThat(left.highestVersion()).isEqualTo(version(PARTITION, 1));
      assertThat(await(store.open(OTHER)).clean()).isTrue();
    }
  }

  /// The release that comes next is made up.
  @Test
  void newerReleaseLeavesTheTablesUntilAllMembersKnowLaterOnes() throws SQLException {
    int ours = Schema.OURS.newest();
    var steps = new ArrayList<>(Schema.steps());
    steps.add("ALTER TABLE troupe.meta ADD COLUMN made_up int");
    var next = new Schema(steps, ours);
    try (var old = PostgresEventStore.openShared(database, InstantSource.fixed(NOW));
        var connections = new Database(database, InstantSource.fixed(NOW))) {
      assertThat(next.share(connections)).isEqualTo(ours);
      assertThat(next.upgrade(connections, ours, 0)).isEqualTo(ours);
      assertThat(tables()).isEqualTo(ours);
      PostgresEventStore.openShared(database, InstantSource.fixed(NOW)).close();

      // Somebody has come whom nobody has asked yet.
      execute("UPDATE troupe.roll SET number = 1");
      assertThat(next.upgrade(connections, ours + 1, 0)).isEqualTo(ours);
      assertThat(tables()).isEqualTo(ours);

      assertThat(next.upgrade(connections, ours + 1, 1)).isEqualTo(ours + 1);
      assertThat(tables()).isEqualTo(ours + 1);
      assertThat(next.upgrade(connections, ours + 1, 1)).isEqualTo(ours + 1);
      assertThat(old.storedTables()).isEqualTo(ours);
      assertThatThrownBy(() -> old.upgrade(ours, 1)).isInstanceOf(NewerStoreException.class);
      assertThatThrownBy(() -> PostgresEventStore.openShared(database, InstantSource.fixed(NOW)))
          .isInstanceOf(NewerStoreException.class)
          .hasMessage(
              "the database was written by a newer Troupe: its tables are of version %d, this one"
                  + " knows up to version %d; start the release that its members run",
              ours + 1, ours);
    }
  }

  @Test
  void tablesThatAreNewAreTheLatest() throws SQLException {
    PostgresEventStore.openShared(database, InstantSource.fixed(NOW)).close();
    assertThat(tables()).isEqualTo(Schema.OURS.newest());
  }

  private int tables() throws SQLException {
    try (var session = DriverManager.getConnection(database.url(), database.user(), "");
        var statement = session.createStatement();
        var row = statement.executeQuery("SELECT version FROM troupe.meta")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void epochsOfTablesWithoutAClusterGoOn() throws SQLException {
    try (var store = open()) {
      await(store.open(PARTITION));
    }
    execute(WITHOUT_CLUSTER);
    execute("UPDATE troupe.meta SET version = 5");

    try (var store = open()) {
      assertThat(await(store.append(List.of(group(created(PARTITION, 1, 1, "a"))))))
          .containsExactly(EventStore.Outcome.STORED);
      assertThat(await(store.open(PARTITION)).epoch()).isEqualTo(2);
    }
  }

  @Test
  void ordinaryRoleIsEnough() throws SQLException {
    execute("CREATE ROLE ada LOGIN");
    execute("GRANT ALL ON DATABASE " + database.url().replaceFirst(".*/", "") + " TO ada");
    var ordinary =
        new PostgresSettings(
            database.url(),
            "ada",
            "",
            database.lanes(),
            database.readers(),
            database.maxWaiting(),
            database.batchGroups(),
            database.batchBytes(),
            database.statementTimeout(),
            database.readTimeout(),
            database.holderTimeout(),
            database.connectTimeout());

    try (var store = alone(ordinary)) {
      assertThat(await(store.open(PARTITION)).epoch()).isEqualTo(1);
      assertThat(await(store.append(List.of(group(created(PARTITION, 1, 1, "a"))))))
          .containsExactly(EventStore.Outcome.STORED);
    }
  }

  @Test
  void tablesOfANewerTroupeAreRefused() throws SQLException {
    open().close();
    execute("UPDATE troupe.meta SET version = 99");

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer Troupe")
        .hasMessageContaining("99");
  }

  @Test
  void schemaOfSomebodyElseIsRefusedAndLeftAlone() throws SQLException {
    execute("CREATE SCHEMA troupe; CREATE TABLE troupe.event (id int)");

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not the event store of Troupe")
        .hasMessageContaining("another database");
    execute("SELECT id FROM troupe.event");
  }

  @Test
  void damagedRecordIsRefusedWithItsPlace() throws SQLException {
    try (var store = open()) {
      await(store.open(PARTITION));
      var event = created(PARTITION, 1, 1, "a");
      await(store.append(List.of(group(event))));
      execute("UPDATE troupe.event SET record = substring(record FOR 40)");

      assertThatThrownBy(() -> await(store.tail(PARTITION.collection(), 0, EventStore.Most.of(10))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("pods")
          .hasMessageContaining(Long.toString(event.version()));
    }
  }

  @Test
  void databaseThatDoesNotAnswerIsNamedWithoutAnythingSecret() {
    var nowhere =
        new PostgresSettings(
            "jdbc:postgresql://127.0.0.1:1/troupe?password=secret",
            "ada",
            "secret",
            1,
            1,
            1,
            1,
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    assertThatThrownBy(() -> PostgresEventStore.open(nowhere, InstantSource.system()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("127.0.0.1:1/troupe")
        .hasMessageNotContainingAny("secret");
    assertThat(nowhere.toString()).doesNotContain("secret");
  }
}
