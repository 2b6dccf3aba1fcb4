package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A control plane on a real PostgreSQL: killed, started again from elsewhere, and alone on it.
@Timeout(180)
class PostgresIT {

  private static final Path SERVER = Path.of("..", "persistence", "target", "postgresql", "18.jar");
  private static final String PATH = "/api/v1/namespaces/default/configmaps";

  @TempDir private Path directory;

  private static InputStream server() throws IOException {
    var zip = new ZipFile(SERVER.toFile());
    var archive =
        zip.stream().filter(file -> file.getName().endsWith(".txz")).findFirst().orElseThrow();
    return zip.getInputStream(archive);
  }

  private TroupeProcess up(String name, EmbeddedPostgres database) {
    return TroupeProcess.up(
        directory.resolve(name),
        0,
        Map.of("TROUPE_STORE_USER", "postgres"),
        "--nodes",
        "1",
        "--store",
        "jdbc:postgresql://localhost:" + database.getPort() + "/postgres");
  }

  private static EmbeddedPostgres database() throws IOException {
    return EmbeddedPostgres.builder()
        .setPgBinaryResolver((_, _) -> server())
        .setPGStartupWait(Duration.ofSeconds(30))
        .start();
  }

  @Test
  void whatWasAcknowledgedBeforeAKillIsThereForWhoeverStartsNext() throws Exception {
    try (var database = database()) {
      var acknowledged = new HashMap<String, String>();
      var first = up("first", database);
      try {
        for (int n = 0; n < 100; n++) {
          var name = "c-" + n;
          var answer = first.api().post(PATH, configMap(name));
          assertThat(answer.code()).isEqualTo(201);
          acknowledged.put(name, answer.body().path("metadata").path("resourceVersion").asString());
        }
        assertThatThrownBy(() -> up("second", database))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("in use by another running Troupe");
        first.kill();
      } finally {
        first.close();
      }

      try (var next = up("third", database)) {
        var found = new HashMap<String, String>();
        for (var item : next.api().get(PATH).body().path("items")) {
          var metadata = item.path("metadata");
          found.put(metadata.path("name").asString(), metadata.path("resourceVersion").asString());
        }
        assertThat(found).containsAllEntriesOf(Map.copyOf(acknowledged));
        assertThat(next.api().post(PATH, configMap("next")).code()).isEqualTo(201);
        assertThat(Files.exists(directory.resolve("third").resolve("store"))).isFalse();
      }
    }
  }

  @Tag("thorough")
  @Test
  void typeGetsAnotherNumberOfPartitionsWhileNobodyUsesTheDatabase() throws Exception {
    try (var database = database()) {
      String position;
      try (var first = up("first", database)) {
        for (int n = 0; n < 20; n++) {
          assertThat(first.api().post(PATH, configMap("c-" + n)).code()).isEqualTo(201);
        }
        position = first.api().get(PATH).body().at("/metadata/resourceVersion").asString();
        assertThat(repartition(database)).contains("in use by another running Troupe");
      }

      assertThat(repartition(database)).contains("configmaps: 3 partitions, 1 before");

      try (var second = up("second", database)) {
        assertThat(second.api().get(PATH).body().path("items")).hasSizeGreaterThanOrEqualTo(20);
        assertThat(second.api().get("/troupe/status").body().path("partitions").toString())
            .contains("\"configmaps#2\"");
        var watch =
            second.api().get("/api/v1/configmaps?watch=true&resourceVersion=" + position).body();
        assertThat(watch.toString()).contains("\"code\":410");
        assertThat(second.api().post(PATH, configMap("next")).code()).isEqualTo(201);
      }
    }
  }

  private String repartition(EmbeddedPostgres database) throws Exception {
    var url = "jdbc:postgresql://localhost:" + database.getPort() + "/postgres?user=postgres";
    var data = directory.resolve("repartition").toString();
    try (var run =
        TroupeRun.start(
            directory.resolve("output"),
            "repartition",
            "configmaps",
            "3",
            "--data",
            data,
            "--store",
            url)) {
      run.awaitEnd();
      return run.output();
    }
  }

  @Tag("thorough")
  @Test
  void whoeverWasFrozenAndTakenOverShowsNothingOfBefore() throws Exception {
    try (var database = database();
        var first = up("first", database)) {
      var api = first.api();
      assertThat(api.post(PATH, configMap("old")).code()).isEqualTo(201);
      assertThat(api.get(PATH + "/old").code()).isEqualTo(200);

      first.freeze();
      endSessions(database);
      try (var second = up("second", database)) {
        assertThat(second.api().delete(PATH + "/old").code()).isEqualTo(200);

        first.thaw();
        while (answersWithoutTheOld(api)) {
          Thread.onSpinWait();
        }
        assertThat(first.awaitEnd()).isEqualTo(1);
        assertThat(first.log()).contains("another Troupe has taken over the database");
        assertThat(second.api().get(PATH + "/old").code()).isEqualTo(404);
      }
    }
  }

  @Test
  void whileTheDatabaseIsFrozenReadsSaySoAndThenAllIsWell() throws Exception {
    try (var database = database();
        var troupe = up("only", database)) {
      var api = troupe.api();
      var created = api.post(PATH, configMap("old"));
      var version = created.body().path("metadata").path("resourceVersion").asString();
      var processes = processes(database);

      signal("STOP", processes);
      try {
        while (api.get(PATH + "/old").code() == 200) {
          Thread.onSpinWait();
        }
        for (var path :
            List.of(
                PATH + "/old",
                PATH,
                PATH + "?resourceVersionMatch=Exact&resourceVersion=" + version)) {
          var answer = api.get(path);
          assertThat(answer.code()).as(path).isEqualTo(503);
          assertThat(answer.body().path("message").asString())
              .contains("the store does not answer, so that nobody knows what the newest state is");
        }
        assertThat(api.get("/readyz").code()).isNotEqualTo(200);
      } finally {
        signal("CONT", processes);
      }

      while (api.get(PATH + "/old").code() != 200) {
        Thread.onSpinWait();
      }
      assertThat(api.post(PATH, configMap("new")).code()).isEqualTo(201);
      assertThat(api.get("/readyz").code()).isEqualTo(200);
    }
  }

  /// The server and its children.
  private static List<ProcessHandle> processes(EmbeddedPostgres database) throws Exception {
    try (var connection = database.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      var row = statement.executeQuery("SELECT current_setting('data_directory')");
      row.next();
      var file = Path.of(row.getString(1)).resolve("postmaster.pid");
      var server =
          ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst())).orElseThrow();
      return Stream.concat(Stream.of(server), server.descendants()).toList();
    }
  }

  private static void signal(String name, List<ProcessHandle> processes) throws Exception {
    var command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    // Some that serve a connection may have ended meanwhile.
    new ProcessBuilder(command).start().waitFor();
  }

  private static void endSessions(EmbeddedPostgres database) throws SQLException {
    try (var connection = database.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name LIKE 'troupe%'");
    }
  }

  /// @return false when nobody answers any more
  private static boolean answersWithoutTheOld(Api api) {
    try {
      assertThat(api.get(PATH + "/old").code()).isNotEqualTo(200);
      var list = api.get(PATH);
      assertThat(list.code()).as("%s", list.body()).isIn(503, 504);
      return true;
    } catch (UncheckedIOException gone) {
      return false;
    }
  }

  private static String configMap(String name) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"}}"
        .formatted(name);
  }
}
