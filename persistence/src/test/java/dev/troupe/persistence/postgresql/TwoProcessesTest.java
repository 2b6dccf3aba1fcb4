package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.persistence.embedded.StoreProcess;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Processes that take one partition from each other while they append: running, frozen in the
/// middle, or dead.
@Tag("thorough")
class TwoProcessesTest {

  @TempDir private Path directory;
  private final TreeSet<Long> acknowledged = new TreeSet<>();

  /// The highest version that was known when an epoch began.
  private final Map<Long, Long> known = new TreeMap<>();

  private int processes;

  @ParameterizedTest
  @ValueSource(strings = {"15", "18"})
  void whatAnOldProcessStoresIsKnownToTheNext(String version) throws Exception {
    var database = PostgresServer.of(version).database();
    try (var first = start(database);
        var second = start(database);
        var third = start(database)) {
      // Whichever was first to open is over by now, or will be.
      for (var process : List.of(first, second, third)) {
        process.awaitLines(FightingMember.OPENED, 1);
      }
      try (var next = append(database)) {
        for (var process : List.of(first, second, third)) {
          assertThat(process.awaitEnd()).isZero();
          assertThat(process.lines(FightingMember.OVER)).containsExactly("over fenced");
          add(process);
        }
        next.freeze();
        try (var last = append(database)) {
          next.thaw();
          // Fenced, or its session was ended: it does not know of its last appends.
          next.awaitEnd();
          assertThat(next.lines(FightingMember.OVER)).hasSize(1);
          add(next);
          last.kill();
          add(last);
        }
      }
    }
    check(database);
  }

  private StoreProcess start(PostgresSettings database) throws IOException {
    var output = directory.resolve("output-" + ++processes);
    return StoreProcess.start(output, FightingMember.class, database.url());
  }

  /// One that has begun to append.
  private StoreProcess append(PostgresSettings database) throws IOException, InterruptedException {
    var process = start(database);
    process.awaitLines(FightingMember.STORED, 100);
    return process;
  }

  private void add(StoreProcess ended) throws IOException {
    for (var line : ended.lines(FightingMember.STORED)) {
      acknowledged.add(Long.parseLong(line.substring(FightingMember.STORED.length())));
    }
    var opened = ended.lines(FightingMember.OPENED).getFirst().split(" ");
    known.put(Long.parseLong(opened[1]), Long.parseLong(opened[2]));
  }

  private void check(PostgresSettings database) {
    try (var store = PostgresEventStore.open(database, InstantSource.fixed(NOW))) {
      var opened = await(store.open(PARTITION));
      known.put(opened.epoch(), opened.highestVersion());
      assertThat(known.keySet()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
      var events = await(store.tail(PODS, 0, EventStore.Most.of(Integer.MAX_VALUE))).events();
      assertThat(events).extracting(EventRecord::version).containsAll(acknowledged);
      for (var event : events) {
        assertThat(event.version())
            .as("%s, stored when the next epoch had begun", event)
            .isLessThanOrEqualTo(known.get(event.epoch() + 1));
      }
    }
  }
}
