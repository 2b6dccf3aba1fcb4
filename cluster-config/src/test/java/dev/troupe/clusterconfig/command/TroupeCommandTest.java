package dev.troupe.clusterconfig.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.instance.DataDirectoryLock;
import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.instance.InstanceFile;
import dev.troupe.clusterconfig.member.MemberFailedException;
import dev.troupe.clusterconfig.member.MemberSettings;
import dev.troupe.clusterconfig.member.MemberStarter;
import dev.troupe.clusterconfig.member.RunningMember;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// What a person types, what they read, and the exit code.
class TroupeCommandTest {

  @TempDir Path directory;

  private final StringWriter printed = new StringWriter();
  private final StringWriter complained = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "xyzzy",
        "up --port x",
        "up --port 65536",
        "up --nodes -1",
        "up --cheese",
        "down --member 0",
        "restart --member 0"
      })
  void wrongUsageIsExitCodeTwo(String line) {
    assertThat(run(line.isEmpty() ? new String[0] : line.split(" ", -1))).isEqualTo(2);
    assertThat(complained.toString()).contains("Usage: troupe");
  }

  @Test
  void helpNamesEverySubcommand() {
    assertThat(run("--help")).isZero();
    assertThat(printed.toString()).contains("up ", "down ", "status ");
  }

  @Test
  void upServesUntilTheMemberEnds() {
    var seen = new AtomicReference<MemberSettings>();
    var phase = new AtomicReference<Instance>();
    MemberStarter starter =
        settings -> {
          seen.set(settings);
          return new EndingMember(
              () -> phase.set(InstanceFile.in(settings.data()).running().orElseThrow()));
        };

    int exitCode = run(starter, "up", "--data", data(), "--port", "0", "--nodes", "5");

    assertThat(exitCode).isZero();
    assertThat(seen.get().nodes()).isEqualTo(5);
    assertThat(phase.get().server()).contains("https://127.0.0.1:7654");
    assertThat(printed.toString())
        .contains("https://127.0.0.1:7654 with 5 simulated nodes")
        .contains("export KUBECONFIG=" + directory.resolve("data/kubeconfig"));
    assertThat(directory.resolve("data/kubeconfig")).exists();
    assertThat(InstanceFile.in(directory.resolve("data")).running()).isEmpty();
  }

  @Test
  void authorityIsMadeAndKept() throws IOException {
    var authority = directory.resolve("data/pki/ca.crt");
    var kubeconfig = directory.resolve("data/kubeconfig");

    assertThat(run("authority", "--data", data(), "--server", "https://m1.example:6443")).isZero();
    var made = Files.readString(authority);
    assertThat(printed.toString())
        .contains("The authority is in " + directory.resolve("data/pki"))
        .contains("troupe certificate NAME --host HOST --data " + data());
    assertThat(kubeconfig).content().contains("server: https://m1.example:6443");
    assertThat(Files.getPosixFilePermissions(directory.resolve("data/pki/ca.key")))
        .containsOnly(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    assertThat(run("authority", "--data", data())).isZero();
    assertThat(authority).hasContent(made);
    assertThat(kubeconfig).content().contains("server: https://m1.example:6443");
    assertThat(InstanceFile.in(directory.resolve("data")).running()).isEmpty();
  }

  @Test
  void certificateOfAnotherMachineIsIssuedWhereTheAuthorityIs() {
    assertThat(run("authority", "--data", data())).isZero();
    var there = directory.resolve("there").toString();

    assertThat(
            run(
                "certificate",
                "second",
                "--host",
                "b.example",
                "--host",
                "10.0.0.2",
                "--data",
                data(),
                "--out",
                there))
        .isZero();

    assertThat(printed.toString())
        .contains("Certificates of second for b.example, 10.0.0.2 are in " + there);
    assertThat(directory.resolve("there/member.crt")).exists();
  }

  @Test
  void certificateIsRefusedWithoutAnAuthorityOrAName() {
    assertThat(run("certificate", "second", "--host", "10.0.0.2", "--data", data())).isOne();
    assertThat(complained.toString())
        .contains("no authority is in " + data(), "`troupe authority` makes one");

    assertThat(run("certificate", "Second", "--host", "10.0.0.2", "--data", data())).isOne();
    assertThat(complained.toString()).contains("small letters");
    assertThat(run("certificate", "second", "--data", data())).isEqualTo(2);
  }

  @Test
  void memberThatCannotStartIsReportedInOneLine() {
    int exitCode =
        run(
            settings -> {
              throw new MemberFailedException("port 6443 is taken", null);
            },
            "up",
            "--data",
            data());

    assertThat(exitCode).isEqualTo(1);
    assertThat(complained.toString()).isEqualTo("troupe: port 6443 is taken\n");
  }

  @Test
  void fullDiskIsReportedInOneLineWhoeverMeetsIt() {
    int exitCode =
        run(
            settings -> {
              throw new IllegalStateException(
                  "index", new IOException("a.sst: No space left on device"));
            },
            "up",
            "--data",
            data());

    assertThat(exitCode).isEqualTo(1);
    assertThat(complained.toString())
        .isEqualTo("troupe: the disk is full; free some space, then do it again: index\n");
  }

  @Test
  void memberThatEndsByItselfIsAFailure() {
    var broken = CompletableFuture.<Void>failedFuture(new IOException("disk full"));

    assertThat(run(settings -> new EndedMember(broken), "up", "--data", data())).isEqualTo(1);
    assertThat(complained.toString()).contains("disk full");
  }

  @Test
  void damagedCertificateIsReportedWithWhatToDo() throws IOException {
    run(
        settings -> new EndedMember(CompletableFuture.completedFuture(null)),
        "up",
        "--data",
        data());
    Files.writeString(directory.resolve("data/pki/ca.key"), "nonsense");

    assertThat(run("up", "--data", data())).isEqualTo(1);
    assertThat(complained.toString()).contains("pki/ca.key cannot be used").contains("delete");
  }

  @Test
  void downWithoutInstanceIsNoError() {
    assertThat(run("down", "--data", data())).isZero();
    assertThat(printed.toString()).contains("nothing runs on " + data());
  }

  @Test
  void statusWithoutInstanceFails() {
    assertThat(run("status", "--data", data())).isEqualTo(1);
    assertThat(printed.toString()).contains("nothing runs on").contains("up --data " + data());
  }

  @Test
  void statusAsJsonListsTheMember() throws IOException {
    Files.createDirectories(directory.resolve("data"));
    InstanceFile.in(directory.resolve("data"))
        .write(Instance.starting(3).serving("https://127.0.0.1:6443"));

    assertThat(run("status", "--output", "json", "--data", data())).isZero();

    var member = JsonMapper.shared().readTree(printed.toString()).path("members").path(0);
    assertThat(member.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    assertThat(member.path("phase").asString()).isEqualTo("serving");
    assertThat(member.path("server").asString()).isEqualTo("https://127.0.0.1:6443");
  }

  @Test
  void statusOfAMemberThatDoesNotAnswerSaysSo() throws IOException {
    Files.createDirectories(directory.resolve("data"));
    InstanceFile.in(directory.resolve("data")).write(Instance.starting(3));

    assertThat(run("status", "--data", data())).isZero();

    assertThat(printed.toString()).contains("starting").contains("its API does not answer");
  }

  /// With the start of the JVM it makes no more than two seconds.
  @ParameterizedTest
  @CsvSource({"0, 1800", "400, 1400", "1400, 500", "5000, 500"})
  void statusGivesMembersWhatIsLeftOfItsTime(long age, long patience) {
    assertThat(StatusCommand.patience(Duration.ofMillis(age)))
        .isEqualTo(Duration.ofMillis(patience));
  }

  @Test
  void statusDoesNotWaitForAServerThatHangsAndFails() throws IOException {
    var data = directory.resolve("data");
    new CertificateDirectory(data.resolve("pki"), InstantSource.system(), new SecureRandom())
        .open();
    // It takes connections, as a frozen process does, and says nothing.
    try (var hung = new ServerSocket(0)) {
      InstanceFile.in(data)
          .write(Instance.starting(3).serving("https://127.0.0.1:" + hung.getLocalPort()));

      assertTimeoutPreemptively(
          Duration.ofSeconds(10), () -> assertThat(run("status", "--data", data())).isEqualTo(1));
    }
    assertThat(printed.toString())
        .contains("does not answer")
        .doesNotContain("serving")
        .contains("its API does not answer")
        .contains("./troupe down --data");
  }

  @Test
  void downDoesNotCallADirectoryFreeThatIsLocked() throws IOException {
    Files.createDirectories(directory.resolve("data"));
    try (var _ = DataDirectoryLock.acquire(directory.resolve("data")).orElseThrow()) {
      assertThat(run("down", "--data", data())).isEqualTo(1);
    }
    assertThat(complained.toString()).contains("is in use by a process");
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private int run(String... arguments) {
    return run(
        settings -> {
          throw new AssertionError("nothing is to be started");
        },
        arguments);
  }

  private int run(MemberStarter starter, String... arguments) {
    return TroupeCommand.commandLine(starter, new PrintWriter(printed, true))
        .setErr(new PrintWriter(complained, true))
        .execute(arguments);
  }

  private record EndedMember(CompletionStage<Void> ended) implements RunningMember {
    @Override
    public int port() {
      return 7654;
    }

    @Override
    public void stop() {}
  }

  /// Ends as soon as somebody waits for it.
  private record EndingMember(Runnable whenAwaited) implements RunningMember {
    @Override
    public int port() {
      return 7654;
    }

    @Override
    public CompletionStage<Void> ended() {
      whenAwaited.run();
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void stop() {}
  }
}
