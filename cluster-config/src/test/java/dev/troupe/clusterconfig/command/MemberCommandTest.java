package dev.troupe.clusterconfig.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.assembly.SingleMember;
import dev.troupe.clusterconfig.configuration.WrongConfigurationException;
import dev.troupe.clusterconfig.instance.InstanceFile;
import dev.troupe.clusterconfig.member.CompanyStarter;
import dev.troupe.clusterconfig.member.MemberFailedException;
import dev.troupe.clusterconfig.member.NotAdmittedException;
import dev.troupe.clusterconfig.member.RunningMember;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever watches over a member learns from its exit code whether another start is of use.
class MemberCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("member.conf");
    Files.writeString(
        file,
        """
        troupe.store.url = "jdbc:postgresql://db.example/troupe"
        troupe.member { name = m1, data = "%s/data", host = a.example, api.host = "::1" }
        """
            .formatted(directory));
  }

  private int run(CompanyStarter starter) {
    return TroupeCommand.commandLine(
            TroupeCommand.class, SingleMember::start, starter, new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute("member", "--config", file.toString());
  }

  private record Ending(CompletableFuture<Void> end) implements RunningMember {

    @Override
    public int port() {
      return 7443;
    }

    @Override
    public CompletionStage<Void> ended() {
      return end;
    }

    @Override
    public void stop() {}
  }

  private static CompanyStarter failing(RuntimeException failure) {
    return (_, _, _) -> {
      throw failure;
    };
  }

  @Test
  void memberThatIsReadySaysWhereItServes() {
    var end = new CompletableFuture<Void>();
    var serving = new StringBuilder();

    int code =
        run((_, told, _) -> {
          told.accept("is in the cluster");
          return new RunningMember() {
            @Override
            public int port() {
              return 7443;
            }

            @Override
            public CompletionStage<Void> ended() {
              serving.append(
                  InstanceFile.runningIn(directory.resolve("data"))
                      .orElseThrow()
                      .server()
                      .orElseThrow());
              end.complete(null);
              return end;
            }

            @Override
            public void stop() {}
          };
        });

    assertThat(code).isZero();
    assertThat(out.toString()).contains("is in the cluster", "is ready: https://[::1]:7443 (");
    assertThat(serving.toString()).isEqualTo("https://[::1]:7443");
    assertThat(directory.resolve("data/instance.json")).doesNotExist();
  }

  @Test
  void memberThatEndsByItselfMayBeStartedAgain() {
    var struck = new IllegalStateException("others have taken over");

    assertThat(run((_, _, _) -> new Ending(CompletableFuture.failedFuture(struck)))).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("troupe: the member ended by itself: others have taken over\n");
    assertThat(run(failing(new MemberFailedException("no database", null)))).isEqualTo(1);
  }

  /// As one that finds that its database is a copy of the others'.
  @Test
  void memberThatFindsThatItIsNoMemberIsNotStartedAgainAtOnce() {
    var astray = new NotAdmittedException("it is not the store that they use", null);

    assertThat(run((_, _, _) -> new Ending(CompletableFuture.failedFuture(astray)))).isEqualTo(4);
    assertThat(err.toString()).isEqualTo("troupe: it is not the store that they use\n");
  }

  @Test
  void whatIsWronglyConfiguredIsToBeChangedFirst() throws IOException {
    assertThat(run(failing(new WrongConfigurationException("no such profile", null)))).isEqualTo(2);

    Files.writeString(file, "troupe.member.prot = 1\n");
    assertThat(run(failing(new IllegalStateException("it is not read")))).isEqualTo(2);
    assertThat(err.toString()).contains("member.conf: 1: there is no key troupe.member.prot");
  }

  @Test
  void memberThatIsNotLetInIsToldSo() {
    assertThat(run(failing(new NotAdmittedException("its clock is ahead", null)))).isEqualTo(4);
    assertThat(err.toString()).isEqualTo("troupe: its clock is ahead\n");
  }
}
