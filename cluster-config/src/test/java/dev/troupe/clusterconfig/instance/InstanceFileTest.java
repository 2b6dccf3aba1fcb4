package dev.troupe.clusterconfig.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An instance is found while its process lives, and no longer.
class InstanceFileTest {

  @TempDir Path data;

  @Test
  void nothingRunsInAnEmptyDirectory() {
    assertThat(InstanceFile.in(data).running()).isEmpty();
  }

  @Test
  void whatWasWrittenIsFound() {
    var instance = Instance.starting(3).serving("https://127.0.0.1:6443");

    InstanceFile.in(data).write(instance);

    assertThat(InstanceFile.in(data).running()).contains(instance);
  }

  @Test
  void instanceOfAnEndedProcessIsNotRunning() throws Exception {
    var process = new ProcessBuilder("true").start();
    var began = process.toHandle().info().startInstant().orElse(Instant.EPOCH);
    process.waitFor();

    InstanceFile.in(data)
        .write(new Instance(process.pid(), began, Instance.Phase.SERVING, Optional.empty(), 3));

    assertThat(InstanceFile.in(data).running()).isEmpty();
  }

  @Test
  void pidThatSomebodyElseHasNowIsNotTheInstance() {
    var self = Instance.starting(3);

    InstanceFile.in(data)
        .write(
            new Instance(
                self.pid(),
                self.processStart().minusSeconds(60),
                self.phase(),
                self.server(),
                self.nodes()));

    assertThat(InstanceFile.in(data).running()).isEmpty();
  }

  @Test
  void fileThatNoInstanceWroteIsNoInstance() throws IOException {
    Files.writeString(data.resolve("instance.json"), "{\"pid\": 1}");

    assertThat(InstanceFile.in(data).running()).isEmpty();
  }
}
