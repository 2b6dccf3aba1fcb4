package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.clusterconfig.premises.LocalPremises;
import dev.troupe.testkit.load.DueRequest;
import dev.troupe.testkit.load.LoadSettings;
import dev.troupe.testkit.members.LoopbackNetwork;
import dev.troupe.testkit.members.MemberServer;
import dev.troupe.testkit.members.NamespaceNetwork;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Everything that may happen to one of three members, or to their database, under load. Bounds are
/// those of a machine that is shared with others; what a quiet one needs is measured by `troupe
/// bench failover`.
@Tag("thorough")
@Timeout(300)
class MembersFaultsIT {

  /// Members that have just started bear no more of them on two processors: at 300 each of them is
  /// seconds late.
  private static final int WRITES_PER_SECOND = 100;

  private static final Duration TAKEOVER = Duration.ofSeconds(30);
  private static final Duration A_WHILE = Duration.ofSeconds(3);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private interface Fault {
    void happen(Ensemble ensemble, LocalPremises premises) throws Exception;
  }

  private void under(Fault fault) throws Exception {
    try (var premises = LocalPremises.open(directory, InstantSource.system(), new SecureRandom());
        var ensemble = Ensemble.startByAge(premises, new LoopbackNetwork(), WRITES_PER_SECOND)) {
      Thread.sleep(A_WHILE);
      fault.happen(ensemble, premises);
      Thread.sleep(A_WHILE);
      ensemble.verify();
    }
  }

  @Test
  void killedMemberIsMissedByItsOwnObjectsOnly() throws Exception {
    under((ensemble, _) -> killed(ensemble, ensemble.last()));
  }

  @Test
  void killedCoordinatorIsMissedByItsOwnObjectsOnly() throws Exception {
    under((ensemble, _) -> killed(ensemble, ensemble.servers().oldest()));
  }

  private static void killed(Ensemble ensemble, MemberServer victim) throws Exception {
    var owned = ensemble.owned(victim);
    long since = System.nanoTime();
    victim.kill();
    var impact = ensemble.awaitWritable(victim, owned, since, TAKEOVER);
    assertThat(impact.failed()).as("%s", impact.lines()).isEmpty();
    ensemble.servers().restart(victim);
  }

  /// Whoever goes on reading through a member that was frozen is never shown what is old.
  @Test
  void frozenMemberShowsNothingOfThePastWhenItWakes() throws Exception {
    under((ensemble, _) -> {
      var sleeper = ensemble.last();
      var owned = ensemble.owned(sleeper);
      var partitions = LoadSettings.spread(ensemble.servers().partitions("configmaps"));
      partitions.stream()
          .filter(namespace -> owned.contains(namespace.partition()))
          .forEach(namespace ->
              ensemble
                  .load()
                  .readPinned(Ensemble.endpoint(sleeper), namespace, Duration.ofMillis(10)));
      awaitPinnedReads(ensemble, owned.size());
      long since = System.nanoTime();
      sleeper.freeze();
      Thread.sleep(Duration.ofSeconds(20));
      ensemble.awaitWritable(sleeper, owned, since, TAKEOVER);
      sleeper.thaw();
      assertThat(sleeper.awaitEnd()).isEqualTo(1);
      ensemble.servers().restart(sleeper);
    });
  }

  private static void awaitPinnedReads(Ensemble ensemble, int readers) throws Exception {
    long deadline = System.nanoTime() + TAKEOVER.toNanos();
    while (ensemble.load().requests().stream()
            .filter(request -> request.client().startsWith("pinned") && request.succeeded())
            .map(DueRequest::client)
            .distinct()
            .count()
        < readers) {
      assertThat(System.nanoTime()).as("everybody has read").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @Test
  void memberThatLeavesFailsNoRequest() throws Exception {
    under((ensemble, _) -> {
      leave(ensemble, ensemble.last());
      assertNothingFailed(ensemble);
    });
  }

  @Test
  void rollingRestartFailsNoRequest() throws Exception {
    under((ensemble, _) -> {
      for (var member : ensemble.servers().all()) {
        leave(ensemble, member);
        ensemble.servers().restart(member);
        ensemble.servers().awaitSpread("configmaps");
      }
      assertNothingFailed(ensemble);
    });
  }

  private static void leave(Ensemble ensemble, MemberServer member) throws Exception {
    var owned = ensemble.owned(member);
    long since = System.nanoTime();
    member.leave();
    assertThat(member.awaitEnd()).isZero();
    ensemble.awaitWritable(member, owned, since, TAKEOVER);
  }

  private static void assertNothingFailed(Ensemble ensemble) {
    assertThat(ensemble.load().requests().stream().filter(request -> !request.succeeded()))
        .isEmpty();
  }

  @Test
  void memberThatIsCutOffFromTheOthersIsReplaced() throws Exception {
    var obstacle = NamespaceNetwork.obstacle();
    assumeTrue(obstacle.isEmpty(), obstacle);
    try (var premises = LocalPremises.open(directory, InstantSource.system(), new SecureRandom());
        var ensemble =
            Ensemble.start(
                premises, NamespaceNetwork.of(3, premises.storeUrl()), WRITES_PER_SECOND)) {
      Thread.sleep(A_WHILE);
      var victim = ensemble.last();
      var owned = ensemble.owned(victim);
      long since = System.nanoTime();
      for (var other : ensemble.servers().all()) {
        if (other != victim) {
          ensemble.servers().network().cut(victim.number(), other.number());
        }
      }
      ensemble.awaitWritable(victim, owned, since, TAKEOVER);
      assertThat(victim.awaitEnd()).isEqualTo(1);
      ensemble.servers().network().heal();
      ensemble.servers().restart(victim);
      Thread.sleep(A_WHILE);
      ensemble.verify();
    }
  }

  @Test
  void databaseThatIsStartedAgainLosesNothingAndWritesGoOn() throws Exception {
    under((ensemble, premises) -> {
      premises.stopDatabase();
      Thread.sleep(Duration.ofSeconds(5));
      premises.startDatabase();
      assertWritesGoOn(ensemble);
      assertAllAreThere(ensemble);
    });
  }

  @Test
  void sessionsThatAreEndedLoseNothingAndWritesGoOn() throws Exception {
    under((ensemble, premises) -> {
      for (int i = 0; i < 5; i++) {
        premises.endSessions();
        Thread.sleep(Duration.ofSeconds(1));
      }
      assertWritesGoOn(ensemble);
      assertAllAreThere(ensemble);
    });
  }

  private static void assertWritesGoOn(Ensemble ensemble) throws InterruptedException {
    var all = ensemble.servers().owners().keySet();
    var nobody = ensemble.servers().get(1);
    ensemble.awaitWritable(nobody, all, System.nanoTime(), TAKEOVER);
  }

  private static void assertAllAreThere(Ensemble ensemble) {
    assertThat(ensemble.servers().all()).allMatch(MemberServer::isAlive);
  }
}
