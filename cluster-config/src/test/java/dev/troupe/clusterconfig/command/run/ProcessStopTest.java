package dev.troupe.clusterconfig.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.instance.InstanceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What `down` says is true of the process, whatever that does when it is asked to stop.
@Timeout(60)
class ProcessStopTest {

  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void kill() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void processThatEndsWhenAskedWasStopped() throws IOException, InterruptedException {
    var instance = running("sleep 1000");

    assertThat(stop(LONG, LONG).end(instance)).isEqualTo(ProcessStop.End.STOPPED);
    assertGone();
  }

  @Test
  void processThatDoesNotHearIsKilled() throws IOException, InterruptedException {
    var instance = running("trap '' TERM; while true; do sleep 1000; done");

    assertThat(stop(SHORT, LONG).end(instance)).isEqualTo(ProcessStop.End.KILLED);
    assertGone();
  }

  @Test
  void frozenProcessIsKilled() throws IOException, InterruptedException {
    var instance = running("sleep 1000");
    assertThat(new ProcessBuilder("kill", "-STOP", "" + instance.pid()).start().waitFor()).isZero();

    assertThat(stop(SHORT, LONG).end(instance)).isEqualTo(ProcessStop.End.KILLED);
    assertGone();
  }

  @Test
  void processThatSaysThatItStopsIsGivenTimeAndThenKilled()
      throws IOException, InterruptedException {
    var instance = running("trap '' TERM; while true; do sleep 1000; done").stopping();
    InstanceFile.in(directory).write(instance);

    assertThat(stop(LONG, SHORT).end(instance)).isEqualTo(ProcessStop.End.KILLED);
    assertGone();
  }

  /// The JVM learns of the end of its children a moment later than the operating system.
  private void assertGone() throws InterruptedException {
    for (var process : started) {
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).as(process.toString()).isTrue();
    }
  }

  private ProcessStop stop(Duration reaction, Duration stopping) {
    return new ProcessStop(
        new DataDirectory(directory), new ProcessStop.Patience(reaction, stopping, LONG));
  }

  /// Returns when the shell has done what comes before its last command.
  private Instance running(String script) throws IOException {
    var sets = script.contains(";") ? script.substring(0, script.indexOf(';')) + "; " : "";
    var process =
        new ProcessBuilder("sh", "-c", sets + "echo set; " + script)
            .redirectErrorStream(true)
            .start();
    started.add(process);
    assertThat(process.inputReader().readLine()).isEqualTo("set");
    var instance =
        new Instance(
            process.pid(),
            process.info().startInstant().orElse(Instant.EPOCH),
            Instance.Phase.SERVING,
            Optional.empty(),
            3);
    InstanceFile.in(directory).write(instance);
    return instance;
  }
}
