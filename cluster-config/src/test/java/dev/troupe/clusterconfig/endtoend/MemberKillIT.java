package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.premises.LocalPremises;
import dev.troupe.testkit.members.LoopbackNetwork;
import dev.troupe.testkit.members.MemberServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// One of three members is killed, and another one frozen, while clients go on: a short one of
/// `MembersFaultsIT`, which has all kinds of faults, and one that is shorter still.
@Timeout(300)
class MemberKillIT {

  private static final int WRITES_PER_SECOND = 60;
  private static final Duration KILLED = Duration.ofSeconds(20);
  private static final Duration FROZEN = Duration.ofSeconds(30);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  /// Any of them, and nobody knows which has the coordinator of shards.
  @Test
  void nothingIsLostAndNobodySeesThePastWhenAMemberIsKilled() throws Exception {
    try (var premises = LocalPremises.open(directory, InstantSource.system(), new SecureRandom());
        var ensemble = Ensemble.start(premises, new LoopbackNetwork(), WRITES_PER_SECOND)) {
      killed(ensemble, ensemble.servers().get(1 + new SecureRandom().nextInt(3)));

      ensemble.verify();
    }
  }

  /// It comes back.
  private static void killed(Ensemble ensemble, MemberServer victim) throws Exception {
    Thread.sleep(Duration.ofSeconds(2));
    var owned = ensemble.owned(victim);
    long killed = System.nanoTime();
    victim.kill();
    ensemble.awaitWritable(victim, owned, killed, KILLED);
    ensemble.servers().restart(victim);
  }

  @Tag("thorough")
  @Test
  void nothingIsLostAndNobodySeesThePastWhenMembersAreKilledAndFrozen() throws Exception {
    try (var premises = LocalPremises.open(directory, InstantSource.system(), new SecureRandom());
        var ensemble = Ensemble.start(premises, new LoopbackNetwork(), WRITES_PER_SECOND)) {
      var servers = ensemble.servers();
      killed(ensemble, ensemble.last());
      servers.awaitSpread("configmaps");

      var sleeper = servers.get(1);
      var owned = ensemble.owned(sleeper);
      long frozen = System.nanoTime();
      sleeper.freeze();
      ensemble.awaitWritable(sleeper, owned, frozen, FROZEN);
      sleeper.thaw();
      assertThat(sleeper.awaitEnd()).as("it was struck, and ends").isEqualTo(1);

      ensemble.verify();
    }
  }
}
