package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.persistence.embedded.StoreProcess;
import dev.troupe.persistence.postgresql.schema.Schema;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.NewerStoreException;
import dev.troupe.runtime.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tables with data become those of the next release while a member stores more: whole or not at
/// all, and once.
@Timeout(120)
class UpgradeTest {

  private static final MemberId MEMBER = new MemberId("m1:7400", 1);
  private static final int BEFORE = Schema.OURS.newest();
  private static final int NEXT = NextRelease.SCHEMA.newest();

  private final PostgresSettings database = PostgresServer.of("18").database();
  private final PostgresEventStore old =
      PostgresEventStore.openShared(database, InstantSource.fixed(NOW));

  @TempDir private Path directory;
  private long roll;
  private int stored;

  @BeforeEach
  void store() throws SQLException {
    roll = await(old.roll().form(MEMBER, await(old.roll().beat(MEMBER)))).roll().number();
    await(old.open(PARTITION));
    append();
    execute(NextRelease.MAKE_GATE);
  }

  @AfterEach
  void close() {
    old.close();
  }

  private void append() {
    stored++;
    assertThat(await(old.append(List.of(group(created(PARTITION, 1, stored, "pod-" + stored))))))
        .containsExactly(EventStore.Outcome.STORED);
  }

  private static List<String> names(PostgresEventStore store) {
    return await(store.tail(PARTITION.collection(), 0, EventStore.Most.of(1_000))).events().stream()
        .map(event -> event.key().name())
        .toList();
  }

  private List<String> all() {
    return IntStream.rangeClosed(1, stored).mapToObj(n -> "pod-" + n).toList();
  }

  private Connection session() throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), "");
  }

  private void execute(String sql) throws SQLException {
    try (var session = session();
        var statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  /// @param question answered with one number
  private int ask(String question) throws SQLException {
    try (var session = session();
        var statement = session.createStatement();
        var row = statement.executeQuery(question)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private int tables() throws SQLException {
    return ask("SELECT version FROM troupe.meta");
  }

  private int madeUp() throws SQLException {
    return ask(
        "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'troupe' AND"
            + " 'made_up' IN (table_name, column_name)");
  }

  /// @return the process of the server that is in the middle of the steps
  private int awaitTheMiddle() throws SQLException {
    int server = 0;
    while (server == 0) {
      server =
          ask(
              "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state ="
                  + " 'active' AND pid <> pg_backend_pid() AND query LIKE '%public.gate%'");
    }
    return server;
  }

  @Test
  void processThatIsKilledInTheMiddleLeavesTheTablesAsTheyWere() throws Exception {
    execute(NextRelease.CLOSE_GATE);
    int server;
    try (var member =
        StoreProcess.start(directory.resolve("output"), NextRelease.class, database.url(), roll)) {
      server = awaitTheMiddle();
      append();
      member.kill();
      append();
    }
    // The server goes on with the step, and finds then that nobody listens.
    execute(NextRelease.OPEN_GATE);
    while (ask("SELECT count(*) FROM pg_stat_activity WHERE pid = " + server) > 0) {
      append();
    }

    assertThat(tables()).isEqualTo(BEFORE);
    assertThat(madeUp()).isZero();
    PostgresEventStore.openShared(database, InstantSource.fixed(NOW)).close();
    append();

    try (var next = NextRelease.open(database)) {
      next.upgrade(NEXT, roll);
      assertThat(tables()).isEqualTo(NEXT);
      append();
      assertThat(names(next)).isEqualTo(all());
      await(next.roll().beat(MEMBER));
      assertThat(await(next.open(PARTITION)).epoch()).isEqualTo(2);
    }
  }

  @Test
  void membersThatKnowNewTablesMakeThemOnce() throws Exception {
    try (var one = NextRelease.open(database);
        var other = NextRelease.open(database);
        var third = NextRelease.open(database);
        var threads = Executors.newFixedThreadPool(3)) {
      var members = List.of(one, other, third);
      assertThat(members).allSatisfy(next -> assertThat(next.storedTables()).isEqualTo(BEFORE));

      var upgrades =
          threads.invokeAll(members.stream().<Callable<Integer>>map(this::upgrade).toList());

      for (var upgrade : upgrades) {
        assertThat(upgrade.get()).isEqualTo(NEXT);
      }
      assertThat(tables()).isEqualTo(NEXT);
      assertThat(ask("SELECT sum(upgrades) FROM troupe.made_up")).isEqualTo(1);
      append();
      assertThat(members).allSatisfy(next -> assertThat(names(next)).isEqualTo(all()));
    }
    assertThatThrownBy(() -> PostgresEventStore.openShared(database, InstantSource.fixed(NOW)))
        .isInstanceOf(NewerStoreException.class);
  }

  private Callable<Integer> upgrade(PostgresEventStore next) {
    return () -> {
      next.upgrade(NEXT, roll);
      return next.storedTables();
    };
  }

  /// As by a backup of everything. What comes behind an upgrade that waits for a table waits, too.
  @Test
  void upgradeIsPutOffWhileSomebodyHasATable() throws Exception {
    try (var next = NextRelease.open(database);
        var reader = session();
        var statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("SELECT FROM troupe.event");
      long begun = System.nanoTime();

      assertThatThrownBy(() -> next.upgrade(NEXT, roll))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("lock timeout");
      // A session of these settings waits for four seconds otherwise.
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
      append();
      assertThat(tables()).isEqualTo(BEFORE);
      assertThat(madeUp()).isZero();

      reader.rollback();
      next.upgrade(NEXT, roll);
      assertThat(tables()).isEqualTo(NEXT);
    }
  }
}
