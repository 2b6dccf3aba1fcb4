package dev.troupe.clusterconfig.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How a process of the same program is started.
class ProgramLaunchTest {

  private static final String EXITS = "-XX:+ExitOnOutOfMemoryError";

  @Test
  void processHasItsOwnDirectoryAndOtherwiseTheSameFlags() {
    assertThat(
            ProgramLaunch.flags(
                List.of("-XX:+UseG1GC", "-Dtroupe.data=/a", "-Dtroupe.log=/a/troupe.log"), 1))
        .containsExactly("-XX:+UseG1GC", EXITS);
    assertThat(
            new ProgramLaunch(ProgramLaunchTest.class)
                .commandLine(Path.of("/b"), Path.of("/b/log"), 1, List.of("member", "--help")))
        .containsSubsequence(
            "-Dtroupe.data=/b",
            "-Dtroupe.log=/b/log",
            "-cp",
            ProgramLaunchTest.class.getName(),
            "member",
            "--help");
  }

  @Test
  void heapsOfManyLeaveRoomForTheRestOfTheMachine() {
    assertThat(ProgramLaunch.flags(List.of(), 3))
        .containsExactly(EXITS, "-XX:MaxRAMPercentage=16.7");
    assertThat(ProgramLaunch.flags(List.of(), 2)).containsExactly(EXITS);
  }

  @Test
  void whatWasSaidOfTheHeapStands() {
    for (var flag : List.of("-Xmx1g", "-XX:MaxHeapSize=1g", "-XX:MaxRAMPercentage=10")) {
      assertThat(ProgramLaunch.flags(List.of(flag), 3)).containsExactly(flag, EXITS);
    }
  }
}
