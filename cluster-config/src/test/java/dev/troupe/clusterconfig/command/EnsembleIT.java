package dev.troupe.clusterconfig.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.assembly.SingleMember;
import dev.troupe.clusterconfig.ensemble.Ensemble;
import dev.troupe.clusterconfig.ensemble.EnsembleDatabase;
import dev.troupe.clusterconfig.ensemble.EnsembleDirectory;
import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.instance.InstanceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Several processes on one machine from `up` to `down`, whoever is killed in between. The database
/// is a real one; members are those of [StandInProgram].
@Tag("thorough")
@Timeout(300)
class EnsembleIT {

  @TempDir private Path directory;

  private final StringWriter printed = new StringWriter();
  private final StringWriter complained = new StringWriter();

  private Path data() {
    return directory.resolve("data");
  }

  private EnsembleDirectory files() {
    return new EnsembleDirectory(data());
  }

  private Ensemble ensemble() {
    return files().file().read().orElseThrow();
  }

  private int run(String... words) {
    printed.getBuffer().setLength(0);
    complained.getBuffer().setLength(0);
    var line = new ArrayList<>(List.of(words));
    line.addAll(1, List.of("--data", data().toString()));
    return TroupeCommand.commandLine(
            StandInProgram.class,
            SingleMember::start,
            (_, _, _) -> {
              throw new AssertionError("members are processes of their own");
            },
            new PrintWriter(printed, true))
        .setErr(new PrintWriter(complained, true))
        .execute(line.toArray(new String[0]));
  }

  private void succeed(String... words) {
    assertThat(run(words)).as("%s%s", printed, complained).isZero();
  }

  private long pid(int number) {
    return files().running(ensemble().seat(number).orElseThrow()).map(Instance::pid).orElse(0L);
  }

  private long databasePid() {
    return EnsembleDatabase.of(files(), ensemble()).pid().orElse(0L);
  }

  private Optional<Instance> watcher() {
    return InstanceFile.in(data()).running();
  }

  private List<Long> pids() {
    return List.of(pid(1), pid(2), pid(3));
  }

  private static void kill(long pid) {
    var process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }

  private static void await(BooleanSupplier fact) throws InterruptedException {
    while (!fact.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void awaitAnother(int number, long former) throws InterruptedException {
    var seat = ensemble().seat(number).orElseThrow();
    await(() ->
        files()
            .running(seat)
            .filter(instance -> instance.phase() == Instance.Phase.SERVING)
            .filter(instance -> instance.pid() != former)
            .isPresent());
  }

  private JsonNode status() {
    run("status", "--output", "json");
    return JsonMapper.shared().readTree(printed.toString());
  }

  @AfterEach
  void killWhatIsLeft() {
    watcher().flatMap(Instance::process).ifPresent(ProcessHandle::destroyForcibly);
    files()
        .file()
        .read()
        .ifPresent(ensemble -> {
          ensemble
              .seats()
              .forEach(seat ->
                  files()
                      .running(seat)
                      .flatMap(Instance::process)
                      .ifPresent(ProcessHandle::destroyForcibly));
          EnsembleDatabase.of(files(), ensemble).own().ifPresent(database -> database.stop());
        });
  }

  @Test
  void membersLiveFromUpToDownWhoeverIsKilledInBetween() throws Exception {
    succeed("up", "--members", "3", "--detach", "--port", "0", "--nodes", "2");
    var server = watcher().flatMap(Instance::server).orElseThrow();
    assertThat(printed.toString())
        .contains("PostgreSQL: jdbc:postgresql://127.0.0.1:")
        .contains("member-3 serves https://127.0.0.1:")
        .contains("Troupe serves %s with 3 members and 2 simulated nodes".formatted(server))
        .contains("export KUBECONFIG=" + data().resolve("kubeconfig"))
        .contains("kill -9 " + pid(1))
        .endsWith("Stop all of them with: ./troupe down --data " + data() + "\n");
    assertThat(Files.readString(data().resolve("kubeconfig"))).contains("server: " + server);

    allIsShown();
    frozenOneKeepsNobodyFromAnswering();
    killedOnesAreStartedAgain();
    stoppedOneStaysStopped();
    allAreRestartedOneAfterTheOther();
    killedSupervisorIsReplaced();
    otherCommandsAreRefused();

    succeed("down");
    assertThat(printed.toString())
        .containsSubsequence("member-3: stopped", "member-2: stopped", "member-1: stopped")
        .contains("PostgreSQL: stopped")
        .endsWith("nothing runs on %s any more\n".formatted(data()));
    assertThat(run("status")).isOne();
    assertThat(printed.toString()).startsWith("nothing runs on ");
    assertThat(databasePid()).isZero();
    succeed("down");
    membersThatCannotRunEndTheStart();
  }

  private void membersThatCannotRunEndTheStart() throws IOException {
    for (var seat : ensemble().seats()) {
      Files.writeString(files().of(seat).resolve("wrong"), "");
    }

    assertThat(run("up", "--members", "3", "--detach", "--port", "0")).isOne();

    assertThat(printed.toString())
        .contains("member-2 has ended and is not started again")
        .contains("troupe: no member can run before what they have said is mended");
    assertThat(watcher()).isEmpty();
    assertThat(databasePid()).isZero();
  }

  private void allIsShown() throws IOException {
    var status = status();
    assertThat(status.path("supervisor").path("pid").asLong()).isEqualTo(watcher().get().pid());
    assertThat(status.path("database").path("pid").asLong()).isEqualTo(databasePid());
    assertThat(status.path("members").findValuesAsString("ready"))
        .containsExactly("true", "true", "true");
    assertThat(status.path("members").findValuesAsString("status"))
        .containsExactly("up", "up", "up");

    succeed("status");
    assertThat(printed.toString())
        .containsPattern("member-2 +serving +yes +https://127.0.0.1:")
        .containsPattern("pods#2 +member-2 +yes +1 ");
  }

  private void frozenOneKeepsNobodyFromAnswering() throws Exception {
    var frozen = Long.toString(pid(2));
    signal("STOP", frozen);
    long began = System.nanoTime();
    succeed("status");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    assertThat(printed.toString())
        .containsPattern("member-1 +serving +yes ")
        .containsPattern("member-2 +frozen, does not answer +no ")
        .contains("kill -CONT " + frozen);
    var member = status().path("members").path(1);
    assertThat(member.path("answers").asBoolean()).isFalse();
    assertThat(member.path("phase").asString()).isEqualTo("frozen");
    signal("CONT", frozen);
  }

  private static void signal(String name, String pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  private void killedOnesAreStartedAgain() throws Exception {
    for (int number = 1; number <= 3; number++) {
      long former = pid(number);
      kill(former);
      awaitAnother(number, former);
    }
    long former = databasePid();
    kill(former);
    await(() -> databasePid() != 0 && databasePid() != former);
  }

  private void stoppedOneStaysStopped() throws Exception {
    succeed("down", "--member", "2");
    assertThat(printed.toString())
        .contains("member-2: stopped (pid")
        .contains("./troupe restart --member 2 --data");
    long third = pid(3);
    kill(third);
    awaitAnother(3, third); // Whoever takes care has looked at all since.

    assertThat(phaseOfSecond()).isEqualTo("stopped");
    assertThat(run("restart", "--rolling")).isOne();
    assertThat(complained.toString()).contains("not all members serve: member-2;");

    succeed("restart", "--member", "2");
    assertThat(printed.toString()).contains("member-2 serves");
    await(() -> phaseOfSecond().equals("serving"));
  }

  private String phaseOfSecond() {
    return status().path("members").path(1).path("phase").asString();
  }

  private void allAreRestartedOneAfterTheOther() {
    var former = pids();

    succeed("restart", "--rolling");

    assertThat(pids()).doesNotContainAnyElementsOf(former).doesNotContain(0L);
    assertThat(printed.toString())
        .containsSubsequence(
            "member-1 leaves",
            "member-1: stopped",
            "member-1 is back",
            "partitions are spread evenly: 1 + 1 + 1",
            "member-2 leaves",
            "member-3 is back",
            "all 3 members are restarted");
  }

  private void killedSupervisorIsReplaced() {
    var running = pids();
    long database = databasePid();
    kill(watcher().orElseThrow().pid());

    succeed("status");
    assertThat(printed.toString())
        .startsWith("Nobody takes care of the members")
        .contains("To go on: ./troupe up --members 3 --data " + data());
    assertThat(run("restart", "--member", "1")).isOne();
    assertThat(complained.toString()).contains("nobody takes care of the members");
    assertThat(run("up", "--members", "2", "--detach", "--port", "0")).isOne();
    assertThat(printed.toString()).contains("3 members run and 2 are asked for");

    succeed("up", "--members", "3", "--detach", "--port", "0");
    assertThat(pids()).isEqualTo(running);
    assertThat(databasePid()).isEqualTo(database);
  }

  private void otherCommandsAreRefused() {
    assertThat(run("up", "--members", "3", "--detach")).isOne();
    assertThat(complained.toString()).contains("in use by another instance");
    assertThat(run("up")).isOne();
    assertThat(complained.toString())
        .contains("is of 3 members; start them with: ./troupe up --members 3 --data");
    assertThat(run("repartition", "pods", "4")).isOne();
    assertThat(complained.toString()).contains("stop it with: ./troupe down");
    assertThat(run("down", "--member", "7")).isOne();
    assertThat(complained.toString()).contains("there is no member 7: they are 1 to 3");
  }
}
