package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Backs a running control plane up and starts another one from it.
@Timeout(180)
class BackupIT {

  private static final String PATH = "/api/v1/namespaces/default/configmaps";

  @TempDir private Path directory;

  private record Ran(int code, String output) {}

  private Ran troupe(String... words) throws IOException, InterruptedException {
    try (var run = TroupeRun.start(directory.resolve("output"), words)) {
      return new Ran(run.awaitEnd(), run.output());
    }
  }

  private static String name(int n) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c-%d\"}}"
        .formatted(n);
  }

  @Test
  void restoredControlPlaneHoldsWhatTheRunningOneHad() throws Exception {
    var data = directory.resolve("data").toString();
    var restored = directory.resolve("restored").toString();
    var file = directory.resolve("backup").toString();
    String position;
    String token;
    try (var running = TroupeProcess.up(Path.of(data), 0)) {
      for (int n = 0; n < 50; n++) {
        assertThat(running.api().post(PATH, name(n)).code()).isEqualTo(201);
      }
      var online = troupe("backup", file, "--data", data);
      assertThat(online.code()).as(online.output()).isZero();
      assertThat(online.output()).contains("entries in " + file);
      assertThat(running.api().post(PATH, name(99)).code()).isEqualTo(201);
      position = version(running.api().get(PATH));
      token = continued(running.api().get(PATH + "?limit=20"));
    }

    var again = troupe("backup", file, "--data", data);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.output()).contains("is there already");
    var taken = troupe("restore", file, "--data", data);
    assertThat(taken.code()).isEqualTo(1);
    assertThat(taken.output()).contains("holds a store already");
    var done = troupe("restore", file, "--data", restored);
    assertThat(done.code()).as(done.output()).isZero();

    try (var second = TroupeProcess.up(Path.of(restored), 0)) {
      var list = second.api().get(PATH);
      assertThat(list.body().path("items").valueStream().map(BackupIT::name))
          .contains("c-0", "c-49")
          .doesNotContain("c-99");
      assertThat(Long.parseLong(version(list))).isGreaterThan(Long.parseLong(position));
      assertThat(
              second.api().get(PATH + "?watch=true&resourceVersion=" + position).body().toString())
          .contains("\"code\":410");
      isGoneButCanBeGoneOnWith(second.api(), position, token);
      assertThat(second.api().post(PATH, name(99)).code()).isEqualTo(201);
    }
  }

  /// What was listed of another store is no state of this one.
  private static void isGoneButCanBeGoneOnWith(Api api, String position, String token) {
    var exact = api.get(PATH + "?resourceVersionMatch=Exact&resourceVersion=" + position);
    assertThat(exact.code()).isEqualTo(410);
    var expired = api.get(PATH + "?limit=20&continue=" + token);
    assertThat(expired.code()).isEqualTo(410);
    assertThat(expired.body().path("reason").asString()).isEqualTo("Expired");
    var rest = api.get(PATH + "?continue=" + continued(expired));
    assertThat(rest.code()).isEqualTo(200);
    assertThat(rest.body().path("items").size()).isGreaterThanOrEqualTo(30);
  }

  private static String continued(Api.Answer page) {
    return page.body().at("/metadata/continue").asString();
  }

  @Test
  void whatIsNoBackupIsRefusedAndLeavesNothingBehind() throws Exception {
    var file = directory.resolve("backup");
    Files.writeString(file, "apiVersion: v1\nkind: List\n");

    isRefused(file, "is not a backup of Troupe");
  }

  @Test
  void backupOfANewerFormatIsRefusedAndLeavesNothingBehind() throws Exception {
    var file = directory.resolve("backup");
    var header = ByteBuffer.allocate(12).putLong(0xFF54726F75626B01L).putInt(2);
    Files.write(file, header.array());

    isRefused(file, "is a backup of format 2 by a newer Troupe; this one reads up to format 1");
  }

  private void isRefused(Path file, String reason) throws IOException, InterruptedException {
    var refused = troupe("restore", file.toString(), "--data", directory.resolve("d").toString());

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.output()).isEqualTo("troupe: " + file + " " + reason + "\n");
    assertThat(directory.resolve("d").resolve("store")).doesNotExist();
  }

  private static String name(tools.jackson.databind.JsonNode object) {
    return object.path("metadata").path("name").asString();
  }

  private static String version(Api.Answer answer) {
    return answer.body().path("metadata").path("resourceVersion").asString();
  }
}
