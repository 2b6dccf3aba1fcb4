package dev.troupe.clusterconfig.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.ensemble.EnsembleDirectory;
import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.instance.InstanceFile;
import dev.troupe.clusterconfig.process.ProgramLaunch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A start of several members that cannot be ended well leaves nothing behind, and says that it
/// failed. The members are those of [StandInProgram], which need no database.
@Timeout(60)
class EnsembleStartIT {

  @TempDir private Path data;

  private Optional<Process> started = Optional.empty();

  @AfterEach
  void killWhatIsLeft() {
    started.ifPresent(Process::destroyForcibly);
    member().flatMap(Instance::process).ifPresent(ProcessHandle::destroyForcibly);
  }

  private Optional<Instance> member() {
    return new EnsembleDirectory(data)
        .file()
        .read()
        .flatMap(ensemble -> ensemble.seat(1))
        .flatMap(seat -> new EnsembleDirectory(data).running(seat));
  }

  @Test
  void membersEndIfTheKubeconfigCannotBeWritten() throws IOException, InterruptedException {
    Files.createDirectories(data.resolve("kubeconfig/not-a-file"));
    var log = data.resolveSibling(data.getFileName() + ".log");
    var up =
        new ProcessBuilder(
                new ProgramLaunch(StandInProgram.class)
                    .commandLine(
                        data,
                        log,
                        1,
                        List.of(
                            "up",
                            "--data",
                            data.toString(),
                            "--members",
                            "1",
                            "--port",
                            "0",
                            "--store",
                            "jdbc:postgresql://db.example:5432/troupe")))
            .redirectErrorStream(true)
            .start();
    started = Optional.of(up);

    var said = new String(up.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(up.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("member-1 serves").contains("troupe: cannot write");
    assertThat(up.exitValue()).isOne();
    assertThat(member()).isEmpty();
    assertThat(InstanceFile.in(data).running()).isEmpty();
  }
}
