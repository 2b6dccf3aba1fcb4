package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills the server, or the command, in the middle of `troupe backup`: there is no file that could
/// be taken for a backup, and what is stored is whole.
@Timeout(600)
@Tag("thorough")
class BackupKillIT {

  private static final String PATH = "/api/v1/namespaces/default/configmaps";

  /// More than lies in buffers between the two when one of them stands still.
  private static final int MAPS = 32;

  private static final int MAP_BYTES = 1_000_000;

  @TempDir private Path directory;
  private Path data;
  private Path file;

  /// Where the command writes before the backup is whole.
  private Path unfinished;

  @BeforeEach
  void name() {
    data = directory.resolve("data");
    file = directory.resolve("backup");
    unfinished = directory.resolve(".backup.new");
  }

  @Test
  void serverThatDiesLeavesNoBackup() throws Exception {
    Map<String, String> stored;
    try (var running = TroupeProcess.up(data, 0);
        var backup = fillAndBegin(running)) {
      stored = maps(running.api());
      running.kill();
      backup.thaw();

      assertThat(backup.awaitEnd()).isEqualTo(1);
      assertThat(backup.output())
          .startsWith("troupe: the backup from https://127.0.0.1:")
          .contains(" cannot be read: ")
          .endsWith("; no file was made, try again\n");
      assertThat(file).doesNotExist();
      assertThat(unfinished).doesNotExist();
    }

    try (var again = TroupeProcess.up(data, 0)) {
      assertThat(maps(again.api())).isEqualTo(stored);
      assertThat(ended("backup", file.toString(), "--data", data.toString()).code()).isZero();
    }
  }

  @Test
  void commandThatDiesLeavesNoBackup() throws Exception {
    Map<String, String> stored;
    try (var running = TroupeProcess.up(data, 0);
        var backup = fillAndBegin(running)) {
      stored = maps(running.api());
      backup.kill();

      refusesWhatIsLeft();
      assertThat(running.api().post(PATH, map("next", 1)).code()).isEqualTo(201);
      running.stop();
    }

    try (var offline = begin()) {
      offline.kill();
      refusesWhatIsLeft();
    }
    try (var again = TroupeProcess.up(data, 0)) {
      assertThat(maps(again.api())).containsAllEntriesOf(stored).containsKey("next");
      assertThat(ended("backup", file.toString(), "--data", data.toString()).code()).isZero();
    }
    var restored = directory.resolve("restored");
    assertThat(ended("restore", file.toString(), "--data", restored.toString()).code()).isZero();
    try (var second = TroupeProcess.up(restored, 0)) {
      assertThat(maps(second.api())).containsAllEntriesOf(stored).containsKey("next");
    }
  }

  private TroupeRun fillAndBegin(TroupeProcess running) throws Exception {
    for (int n = 0; n < MAPS; n++) {
      var answer = running.api().post(PATH, map("c-" + n, MAP_BYTES));
      assertThat(answer.code()).isEqualTo(201);
    }
    return begin();
  }

  /// A backup that stands still somewhere in the middle.
  private TroupeRun begin() throws Exception {
    var backup =
        TroupeRun.start(
            directory.resolve("begun"), "backup", file.toString(), "--data", data.toString());
    while (!Files.exists(unfinished) || Files.size(unfinished) == 0) {
      assertThat(backup.isAlive()).as(backup.output()).isTrue();
      Thread.sleep(1);
    }
    backup.freeze();
    assertThat(file).doesNotExist();
    return backup;
  }

  private void refusesWhatIsLeft() throws Exception {
    assertThat(file).doesNotExist();
    var target = directory.resolve("refused");
    var refused = ended("restore", unfinished.toString(), "--data", target.toString());
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.output())
        .startsWith("troupe: " + unfinished + " is cut off behind offset")
        .endsWith("use another backup\n");
    assertThat(target.resolve("store")).doesNotExist();
    assertThat(target.resolve("store.restoring")).doesNotExist();
  }

  private record Ended(int code, String output) {}

  private Ended ended(String... words) throws IOException, InterruptedException {
    try (var run = TroupeRun.start(directory.resolve("output"), words)) {
      return new Ended(run.awaitEnd(), run.output());
    }
  }

  private static Map<String, String> maps(Api api) {
    var maps = new HashMap<String, String>();
    for (var item : api.get(PATH).body().path("items")) {
      var metadata = item.path("metadata");
      maps.put(metadata.path("name").asString(), item.path("data").path("filler").asString());
    }
    return maps;
  }

  private static String map(String name, int bytes) {
    return """
    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"filler":"%s"}}
    """
        .formatted(name, name.repeat(bytes / name.length()));
  }
}
