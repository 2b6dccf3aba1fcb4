package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A server that stops to answer without a word. Deadlines of a minute and more would end what
/// waits as well, but not within the test.
@Timeout(50)
@SuppressWarnings("NullAway.Init")
@Tag("thorough")
class BlackHoleTest {

  private PostgresSettings direct;
  private BlackHole between;
  private PostgresEventStore store;

  @BeforeEach
  void openStore() throws IOException {
    direct = PostgresServer.of("18").database();
    var place = direct.url().replaceFirst(".*:(\\d+)/.*", "$1");
    between = new BlackHole(Integer.parseInt(place));
    store =
        PostgresEventStore.openShared(
            patient(direct.url().replace(":" + place + "/", ":" + between.port() + "/")),
            InstantSource.fixed(NOW));
    await(store.open(PARTITION));
    assertThat(await(store.append(List.of(group(created(PARTITION, 1, 1, "a"))))))
        .containsExactly(Outcome.STORED);
  }

  private static PostgresSettings patient(String url) {
    return new PostgresSettings(
        url,
        "postgres",
        "",
        2,
        2,
        1_000,
        64,
        1 << 20,
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMillis(500),
        Duration.ofSeconds(10));
  }

  @AfterEach
  void close() throws IOException {
    between.heal();
    store.close();
    between.close();
  }

  private void awaitTrouble() {
    while (store.trouble().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(store.trouble().orElseThrow()).contains("does not answer");
  }

  @Test
  void appendThatFellIntoAHoleFailsWhenTheServerIsBackAndTheNextOneWorks() throws SQLException {
    CompletionStage<List<Outcome>> lost;
    try (var other = DriverManager.getConnection(direct.url(), direct.user(), "");
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE troupe.event IN EXCLUSIVE MODE");
      lost = store.append(List.of(group(created(PARTITION, 1, 2, "b"))));
      fall(statement);
      other.commit();
    }
    assertThat(lost.toCompletableFuture()).isNotDone();

    between.heal();

    assertThatThrownBy(() -> await(lost)).isInstanceOf(StoreException.class);
    assertThat(await(store.append(List.of(group(created(PARTITION, 1, 3, "c"))))))
        .containsExactly(Outcome.STORED);
    while (store.trouble().isPresent()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void readThatFellIntoAHoleFailsWhenTheServerIsBackAndTheNextOneWorks() throws SQLException {
    CompletionStage<Long> lost;
    try (var other = DriverManager.getConnection(direct.url(), direct.user(), "");
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE troupe.event IN ACCESS EXCLUSIVE MODE");
      lost = store.scan(PARTITION, Long.MAX_VALUE, _ -> {});
      fall(statement);
      other.commit();
    }

    between.heal();

    assertThatThrownBy(() -> await(lost)).isInstanceOf(StoreException.class);
    assertThat(await(store.scan(PARTITION, Long.MAX_VALUE, _ -> {}))).isEqualTo(1);
  }

  /// When somebody waits for a lock, the server is gone, and that is known.
  private void fall(Statement statement) throws SQLException {
    int waiting = 0;
    while (waiting == 0) {
      var row =
          statement.executeQuery(
              "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'troupe'"
                  + " AND wait_event_type = 'Lock' AND datname = current_database()");
      row.next();
      waiting = row.getInt(1);
    }
    between.lose();
    awaitTrouble();
  }

  @Test
  void whatAServerAnswersThatWasOnlySlowStillCounts() {
    between.hold();
    var late = store.append(List.of(group(created(PARTITION, 1, 2, "b"))));
    awaitTrouble();

    between.heal();

    assertThat(await(late)).containsExactly(Outcome.STORED);
  }
}
