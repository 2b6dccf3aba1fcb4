package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.premises.LocalPremises;
import dev.troupe.testkit.load.DueRequest;
import dev.troupe.testkit.load.LoadSettings;
import dev.troupe.testkit.members.LoopbackNetwork;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// What may happen to one of three members under load, and needs a cluster of its own to be seen;
/// everything else is in `FaultsInARowIT`. Bounds are those of a machine that is shared with
/// others; what a quiet one needs is measured by `troupe bench failover`.
@Tag("thorough")
@Timeout(300)
class MembersFaultsIT {

  /// Members that have just started bear no more of them on two processors: at 300 each of them is
  /// seconds late.
  private static final int WRITES_PER_SECOND = 100;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration A_WHILE = Duration.ofSeconds(3);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private interface Fault {
    void happen(Ensemble ensemble) throws Exception;
  }

  private void under(String name, Fault fault) throws Exception {
    try (var premises = LocalPremises.open(directory, InstantSource.system(), new SecureRandom());
        var ensemble = Ensemble.startByAge(premises, new LoopbackNetwork(), WRITES_PER_SECOND)) {
      Thread.sleep(A_WHILE);
      fault.happen(ensemble);
      Thread.sleep(A_WHILE);
      ensemble.verify(name);
    }
  }

  /// It is the oldest.
  @Test
  void killedCoordinatorIsMissedByItsOwnObjectsOnly() throws Exception {
    under(
        "kill -9 of the coordinator",
        ensemble -> {
          var victim = ensemble.servers().oldest();
          var owned = ensemble.owned(victim);
          long since = System.nanoTime();
          victim.kill();
          var impact = ensemble.awaitWritable(victim, owned, since);
          assertThat(impact.failed()).as("%s", impact.lines()).isEmpty();
          ensemble.restart(victim);
        });
  }

  /// Whoever goes on reading through a member that was frozen is never shown what is old.
  @Test
  void frozenMemberShowsNothingOfThePastWhenItWakes() throws Exception {
    under(
        "freeze",
        ensemble -> {
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
          ensemble.awaitWritable(sleeper, owned, since);
          sleeper.thaw();
          assertThat(sleeper.awaitEnd()).isEqualTo(1);
          ensemble.restart(sleeper);
        });
  }

  private static void awaitPinnedReads(Ensemble ensemble, int readers) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
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
}
