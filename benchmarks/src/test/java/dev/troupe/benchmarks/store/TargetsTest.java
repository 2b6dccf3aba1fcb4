package dev.troupe.benchmarks.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.load.LoadTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is compared really stores, and counts its syncs.
class TargetsTest {

  @TempDir private Path directory;

  @Test
  void embeddedStoreSyncsOnceForSeveralWriters() {
    assertSyncsAreShared(EmbeddedTarget.KIND);
  }

  @Test
  @EnabledIf("hasEtcd")
  void etcdSyncsOnceForSeveralWriters() {
    assertSyncsAreShared(EtcdStore.kind());
  }

  @ParameterizedTest
  @EnumSource
  void bareLoopSyncsWhatItIsTold(BareLoop.Blocks blocks) {
    try (var bare = BareLoop.on(directory.resolve("bare"), blocks)) {
      var load = bare.run(10, Duration.ofMillis(100));

      assertThat(load.perSync()).isEqualTo(10);
      assertThat(load.perSecond()).isGreaterThan(10);
    }
  }

  /// What the loop inserts is what the engine does, in every column that an index or a size has.
  @Test
  void engineAndHandWrittenLoopStoreTheSameRows() throws SQLException {
    try (var server = PostgresServer.below(directory)) {
      List<String> ofEngine;
      try (var engine = new PostgresTarget(server, 2)) {
        ClosedLoop.fill(engine, 16, 100);
        ofEngine = rows(server);
      }
      server.dropTables();
      new PostgresTarget(server, 2).close();
      try (var even = new PostgresLoop(server, 0, 2);
          var odd = new PostgresLoop(server, 1, 2)) {
        even.store(20);
        even.store(30);
        odd.store(50);
      }

      assertThat(ofEngine).hasSize(100).isEqualTo(rows(server));
    }
  }

  @Test
  void commitsAndSyncsOfTheDatabaseAreCounted() throws SQLException {
    try (var server = PostgresServer.below(directory)) {
      new PostgresTarget(server, 1).close();
      long commits = server.syncs();
      long syncs = server.walSyncs();
      try (var loop = new PostgresLoop(server, 0, 1)) {
        loop.store(10);
        loop.store(10);
      }

      assertThat(server.syncs() - commits).isEqualTo(2);
      assertThat(server.walSyncs() - syncs).isGreaterThanOrEqualTo(2);
      assertThat(server.events()).isEqualTo(20);
    }
  }

  /// Without the bytes of the record, which tell how long ago another value was.
  private static List<String> rows(PostgresServer server) throws SQLException {
    var rows = new ArrayList<String>();
    try (var connection = server.connect();
        var statement = connection.createStatement()) {
      var found =
          statement.executeQuery(
              "SELECT row(collection, version, partition, sequence, type, key,"
                  + " length(record) / 50)::text FROM troupe.event ORDER BY version");
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }

  private void assertSyncsAreShared(LoadTarget.Kind kind) {
    try (var target = kind.starter().start(directory.resolve("store"), 16)) {
      long before = target.syncs();
      ClosedLoop.fill(target, 16, 500);

      assertThat(target.syncs() - before).isPositive().isLessThan(500);
    }
  }

  static boolean hasEtcd() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, "etcd")));
  }
}
