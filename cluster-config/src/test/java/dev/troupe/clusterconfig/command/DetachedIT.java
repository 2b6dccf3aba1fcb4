package dev.troupe.clusterconfig.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.assembly.SingleMember;
import dev.troupe.clusterconfig.instance.InstanceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A detached instance is found, asked and stopped by its data directory, and starts without noise.
class DetachedIT {

  @TempDir Path directory;

  private final StringWriter printed = new StringWriter();
  private final StringWriter complained = new StringWriter();

  @AfterEach
  void killWhatIsLeft() {
    InstanceFile.in(data())
        .running()
        .flatMap(instance -> instance.process())
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void instanceLivesFromUpToDown() throws IOException {
    assertThat(run("up", "--detach", "--port", "0", "--nodes", "2"))
        .as(complained::toString)
        .isZero();
    assertThat(printed.toString())
        .contains("with 2 simulated nodes")
        .contains("./troupe down --data");

    var instance = InstanceFile.in(data()).running().orElseThrow();
    assertThat(instance.process().orElseThrow().info().commandLine().orElseThrow())
        .contains("-Dtroupe.data=" + data());

    printed.getBuffer().setLength(0);
    assertThat(run("status", "--output", "json")).isZero();
    var status = JsonMapper.shared().readTree(printed.toString());
    var member = status.path("members").path(0);
    assertThat(member.path("pid").asLong()).isEqualTo(instance.pid());
    assertThat(member.path("ready").asBoolean()).isTrue();
    assertThat(member.path("status").asString()).isEqualTo("up");
    var address = member.path("address").asString();
    assertThat(status.path("partitions").findValuesAsString("owner"))
        .hasSize(status.path("partitions").size())
        .containsOnly(address);
    assertThat(status.path("controllers").findValuesAsString("controller")).contains("deployment");

    printed.getBuffer().setLength(0);
    assertThat(run("status")).isZero();
    assertThat(printed.toString()).containsPattern("nodes#0 +" + address + " +yes +1 +2 ");

    assertThat(run("up", "--detach", "--port", "0")).isEqualTo(1);
    assertThat(complained.toString()).contains("in use by another instance (pid " + instance.pid());

    assertThat(run("down")).isZero();
    assertThat(run("status")).isEqualTo(1);
    assertThat(Files.readString(data().resolve("troupe.log")))
        .doesNotContainIgnoringCase("warn")
        .endsWith("stopped\n");
  }

  private Path data() {
    return directory.resolve("data");
  }

  private int run(String command, String... more) {
    var arguments = new String[more.length + 3];
    arguments[0] = command;
    arguments[1] = "--data";
    arguments[2] = data().toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return TroupeCommand.commandLine(SingleMember::start, new PrintWriter(printed, true))
        .setErr(new PrintWriter(complained, true))
        .execute(arguments);
  }
}
