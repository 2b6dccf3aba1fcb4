package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.testkit.process.TroupeProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipFile;
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

  @Test
  void whatWasAcknowledgedBeforeAKillIsThereForWhoeverStartsNext() throws Exception {
    try (var database =
        EmbeddedPostgres.builder()
            .setPgBinaryResolver((_, _) -> server())
            .setPGStartupWait(Duration.ofSeconds(30))
            .start()) {
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

  private static String configMap(String name) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"}}"
        .formatted(name);
  }
}
