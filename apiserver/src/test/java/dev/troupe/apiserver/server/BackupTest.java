package dev.troupe.apiserver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `/troupe/backup`, with a source whose bytes are known.
@Timeout(60)
class BackupTest {

  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private byte[] download() throws Exception {
    return server
        .admin
        .send(
            server.request("GET", "/troupe/backup", new byte[0]).build(),
            BodyHandlers.ofByteArray())
        .body();
  }

  @Test
  void bytesArriveAsTheyWereWritten() throws Exception {
    var bytes = new byte[5_000_000];
    new Random(7).nextBytes(bytes);
    server.backup =
        out -> {
          out.write(bytes, 0, 7);
          out.write(bytes, 7, bytes.length - 7);
        };

    assertThat(download()).isEqualTo(bytes);
    assertThat(download()).isEqualTo(bytes);
  }

  @Test
  void onlyAdministratorsGetOne() throws Exception {
    server.backup = out -> out.write(1);
    var user = server.client(server.certificates.client("CN=ada"), HttpClient.Version.HTTP_2);

    var answer =
        user.send(
            server.request("GET", "/troupe/backup", new byte[0]).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void backupThatFailsBreaksOffAndTheNextOneWorks() throws Exception {
    server.backup =
        out -> {
          out.write(new byte[100_000]);
          throw new IOException("the disk is broken");
        };
    assertThatThrownBy(this::download).isInstanceOf(IOException.class);

    server.backup = out -> out.write(7);
    assertThat(download()).containsExactly(7);
  }

  @Test
  void secondBackupAtTheSameTimeIsRefused() throws Exception {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    server.backup =
        out -> {
          begun.countDown();
          await(go);
          out.write(7);
        };
    var first =
        server.admin.sendAsync(
            server.request("GET", "/troupe/backup", new byte[0]).build(),
            BodyHandlers.ofByteArray());
    await(begun);

    var second = server.send("GET", "/troupe/backup", "");
    go.countDown();

    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.headers().firstValue("Retry-After")).isPresent();
    assertThat(first.get(20, TimeUnit.SECONDS).body()).containsExactly(7);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
