package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills the process with -9 at random moments under load, and looks whether all that clients did
/// and saw, before and after, can have been shown by a server that keeps its word.
///
/// `-Dtroupe.kills` sets the number of kills, `-Dtroupe.seed` the moments.
class KillIT {

  private static final int KILLS = Integer.getInteger("troupe.kills", 6);
  private static final long SEED = Long.getLong("troupe.seed", 20261123L);
  private static final int REPLICAS = 12;

  /// Written if something is wrong: all that clients did and saw.
  private static final Path HISTORY = Path.of("target", "kill-history.jsonl");

  @TempDir private Path directory;

  @Test
  void acknowledgedWritesSurviveKills() throws InterruptedException {
    var random = new Random(SEED);
    var data = directory.resolve("data");
    var troupe = TroupeProcess.up(data, 0);
    int port = java.net.URI.create(Api.server(troupe.kubeconfig())).getPort();
    try {
      Workload.deploy(troupe.api(), REPLICAS);
      var record = new Workload(troupe.kubeconfig(), HISTORY, SEED);
      for (int kill = 1; kill <= KILLS; kill++) {
        record.start();
        record.awaitAcknowledged(20 + random.nextInt(300));
        troupe.kill();
        record.stop();
        troupe = TroupeProcess.up(data, port);
        record.verify("seed " + SEED + ", kill " + kill);
      }
      awaitReplicas(troupe.api());
    } finally {
      troupe.close();
    }
  }

  private static void awaitReplicas(Api api) throws InterruptedException {
    var until = Instant.now().plus(Duration.ofSeconds(60));
    while (Workload.readyReplicas(api) != REPLICAS) {
      assertThat(Instant.now()).as("the deployment reaches its replicas").isBefore(until);
      Thread.sleep(200);
    }
  }
}
