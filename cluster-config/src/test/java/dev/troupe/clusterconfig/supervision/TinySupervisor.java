package dev.troupe.clusterconfig.supervision;

import dev.troupe.clusterconfig.supervision.logic.RestartLimits;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// A process that watches over the members of [SupervisorTest] until it is killed.
final class TinySupervisor {

  private TinySupervisor() {}

  public static void main(String[] words) throws InterruptedException {
    try (var _ =
        Supervisor.over(
            Optional.empty(),
            SupervisorTest.members(Path.of(words[0])),
            RestartLimits.STANDARD,
            InstantSource.system(),
            _ -> {})) {
      Thread.sleep(TinyMember.LONGEST);
    }
  }
}
