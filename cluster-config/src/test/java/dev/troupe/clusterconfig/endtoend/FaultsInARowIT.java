package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.clusterconfig.premises.LocalPremises;
import dev.troupe.testkit.load.DueRequest;
import dev.troupe.testkit.members.LoopbackNetwork;
import dev.troupe.testkit.members.MemberNetwork;
import dev.troupe.testkit.members.MemberServer;
import dev.troupe.testkit.members.NamespaceNetwork;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Everything that may happen to one of three members, whichever, or to their database: one after
/// the other on one cluster, while clients go on. The last test holds all that they saw against
/// what the API promises. Where a cluster of its own shows more, that is in `MembersFaultsIT`.
///
/// Each member is in a network namespace of its own; where there may be none, nobody is cut off.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
@Timeout(240)
class FaultsInARowIT {

  /// Members that have just started bear no more of them on two processors, as in
  /// `MembersFaultsIT`.
  private static final int WRITES_PER_SECOND = 100;

  private static final Duration FROZEN = Duration.ofSeconds(20);

  /// Reads go on so long without the database, and longer.
  private static final Duration AWAY = Duration.ofSeconds(3);

  private static final SecureRandom RANDOM = new SecureRandom();

  /// What has happened, by the clock of the history.
  private static final List<String> HAPPENED = new ArrayList<>();

  private static LocalPremises premises;
  private static Ensemble ensemble;

  /// Why nobody can be cut off; empty if somebody can.
  private static String obstacle = "";

  /// What the cluster has not got over; empty if it has got over everything.
  private static String unfinished = "";

  @BeforeAll
  static void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) {
    obstacle = NamespaceNetwork.obstacle();
    premises = LocalPremises.open(directory, InstantSource.system(), RANDOM);
    MemberNetwork network =
        obstacle.isEmpty()
            ? NamespaceNetwork.of(Ensemble.MEMBERS, premises.storeUrl())
            : new LoopbackNetwork();
    ensemble = Ensemble.start(premises, network, WRITES_PER_SECOND);
  }

  @AfterAll
  static void end() {
    try {
      if (ensemble != null) {
        ensemble.close();
      }
    } finally {
      if (premises != null) {
        premises.close();
      }
    }
  }

  private interface Step {
    void take() throws Exception;
  }

  /// Begins when clients have got over the one before, and ends when they have got over this one.
  private static void happens(String fault, Step step) throws Exception {
    assumeTrue(unfinished.isEmpty(), () -> "the cluster has not got over this: " + unfinished);
    unfinished = fault;
    ensemble.awaitPunctual();
    HAPPENED.add(fault + " at " + System.nanoTime());
    step.take();
    unfinished = "";
  }

  private static MemberServer anybody() {
    return ensemble.servers().get(1 + RANDOM.nextInt(Ensemble.MEMBERS));
  }

  @Order(1)
  @Test
  void killedMemberIsMissedByItsOwnObjectsOnly() throws Exception {
    var victim = anybody();
    happens("kill -9 of " + victim, () -> assertMissed(victim, victim::kill, () -> {}));
  }

  @Order(2)
  @Test
  void frozenMemberIsMissedByItsOwnObjectsOnly() throws Exception {
    var victim = anybody();
    happens(
        "freeze of " + victim,
        () -> {
          long frozen = System.nanoTime();
          assertMissed(
              victim,
              victim::freeze,
              () -> {
                long left = frozen + FROZEN.toNanos() - System.nanoTime();
                Thread.sleep(Duration.ofNanos(Math.max(0, left)));
                victim.thaw();
                assertStruck(victim);
              });
        });
  }

  @Order(3)
  @Test
  void memberThatIsCutOffFromTheOthersIsMissedByItsOwnObjectsOnly() throws Exception {
    assumeTrue(obstacle.isEmpty(), () -> "nobody can be cut off here: " + obstacle);
    var victim = anybody();
    var servers = ensemble.servers();
    happens(
        "cut between the others and " + victim,
        () ->
            assertMissed(
                victim,
                () -> servers.cutFromOthers(victim),
                () -> {
                  assertStruck(victim);
                  servers.network().heal();
                }));
  }

  private static void assertStruck(MemberServer victim) {
    assertThat(victim.awaitEnd()).as("%s was struck, and ends", victim).isEqualTo(1);
  }

  /// Fails nobody but who asks the victim, until it is there again, and who asks for something that
  /// it had, as for everything, until others have it.
  private static void assertMissed(MemberServer victim, Step fault, Step end) throws Exception {
    var owned = ensemble.owned(victim);
    long since = System.nanoTime();
    fault.take();
    long writable = since + ensemble.awaitWritable(victim, owned, since).writable();
    ensemble.awaitReplaced(victim);
    end.take();
    ensemble.restart(victim);
    long back = System.nanoTime();
    ensemble.awaitPunctual();
    assertThat(
            ensemble.failed(
                since,
                request ->
                    request.through() == Ensemble.endpoint(victim)
                        ? request.start() > back
                        : request.start() > writable || isElsewhere(request, owned)))
        .as(
            "should not have failed; %s had %s, which could be written again after %d ms, and was"
                + " back after %d ms",
            victim, owned, millis(writable - since), millis(back - since))
        .isEmpty();
  }

  private static boolean isElsewhere(DueRequest request, Set<String> owned) {
    return !request.subject().isEmpty() && !owned.contains(request.subject());
  }

  private static long millis(long nanos) {
    return nanos / 1_000_000;
  }

  /// Each of them leaves as it would if it left for good.
  @Order(5)
  @Test
  void rollingRestartFailsNoRequest() throws Exception {
    happens(
        "rolling restart",
        () -> assertNobodyNotices(() -> ensemble.servers().all().forEach(FaultsInARowIT::restart)));
  }

  private static void restart(MemberServer member) {
    member.leave();
    assertThat(member.awaitEnd()).as("%s leaves", member).isZero();
    ensemble.restart(member);
  }

  private static void assertNobodyNotices(Step step) throws Exception {
    var watches = ensemble.failedWatches();
    long since = System.nanoTime();
    step.take();
    ensemble.awaitPunctual();
    assertThat(ensemble.failed(since, _ -> true)).as("requests that failed").isEmpty();
    assertThat(ensemble.failedWatches()).as("watches that could not begin").isEqualTo(watches);
  }

  @Order(6)
  @Test
  void databaseThatIsStartedAgainFailsNoReadAndEndsNobody() throws Exception {
    happens(
        "restart of the database",
        () ->
            assertOnlyWritesNotice(() -> {
              premises.stopDatabase();
              Thread.sleep(AWAY);
              premises.startDatabase();
            }));
  }

  @Order(7)
  @Test
  void endedSessionsFailNoReadAndEndNobody() throws Exception {
    happens(
        "end of sessions",
        () ->
            assertOnlyWritesNotice(() -> {
              for (int i = 0; i < 3; i++) {
                premises.endSessions();
                Thread.sleep(Duration.ofSeconds(1));
              }
            }));
  }

  /// Fails no read, and no write that begins when everything has been written again; nobody ends.
  private static void assertOnlyWritesNotice(Step fault) throws Exception {
    var all = ensemble.servers().owners().keySet();
    var lives = lives();
    long since = System.nanoTime();
    fault.take();
    long over = System.nanoTime();
    long writable = over + ensemble.awaitWritable(Ensemble.NOBODY, all, over).writable();
    ensemble.awaitPunctual();
    assertThat(lives()).as("processes that are there").isEqualTo(lives);
    assertThat(
            ensemble.failed(
                since,
                request -> request.start() > writable || !request.client().startsWith("write")))
        .as(
            "should not have failed; it was over after %d ms, and all was written %d ms later",
            millis(over - since), millis(writable - over))
        .isEmpty();
  }

  private static List<Long> lives() {
    return ensemble.servers().all().stream()
        .filter(MemberServer::isAlive)
        .map(MemberServer::pid)
        .toList();
  }

  @Order(8)
  @Test
  void nothingThatClientsSawBreaksAPromise() {
    ensemble.verify(String.join(", ", HAPPENED));
  }
}
