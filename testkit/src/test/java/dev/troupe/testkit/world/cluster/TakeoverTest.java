package dev.troupe.testkit.world.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Schedules that broke something once, on paper or here, each of which shows what a rule is for.
class TakeoverTest {

  private static final int PARTITION = 0;

  private static final class Cluster {

    private final ClusterWorld world;

    /// Who serves the partition.
    private final SimulatedMember owner;

    private final List<SimulatedMember> others;

    private Cluster(Mutant mutant, int members) {
      this(1, mutant, members);
    }

    private Cluster(long seed, Mutant mutant, int members) {
      world = new ClusterWorld(seed, mutant, 1);
      for (int i = 0; i < members; i++) {
        world.start();
      }
      pass(4_000);
      owner = serving();
      others = world.living().stream().filter(member -> member != owner).toList();
      owner.live(() -> owner.write(PARTITION));
      pass(100);
    }

    private SimulatedMember serving() {
      var all =
          world.living().stream().filter(member -> ClusterWorld.serves(member, PARTITION)).toList();
      assertThat(all).as("who serves in " + world).hasSize(1);
      return all.getFirst();
    }

    private void pass(long millis) {
      world.schedule().advance(Duration.ofMillis(millis));
    }

    /// Everybody is asked every 10 ms, and written to if that is wanted; most cannot answer.
    private void work(long millis, boolean isWriting) {
      for (long left = millis; left > 0; left -= 10) {
        for (var member : world.living()) {
          member.live(() -> member.read(PARTITION));
          if (isWriting) {
            member.live(() -> member.write(PARTITION));
          }
        }
        pass(10);
      }
    }

    private List<String> violations() {
      return world.checks().violations();
    }
  }

  private static void cutOff(ClusterWorld world, SimulatedMember member) {
    world.isolate(member);
    world.store().cut(member.id(), true);
  }

  /// The script does no harm, whatever the order of things; with the mistake it does.
  private static void only(Mutant mutant, int members, Consumer<Cluster> script) {
    for (long seed = 1; seed <= 3; seed++) {
      var right = new Cluster(seed, Mutant.NONE, members);
      script.accept(right);
      assertThat(right.violations()).isEmpty();
      right.world.settle();
      assertThat(right.violations()).isEmpty();
      assertThat(right.world.unsettled()).isEmpty();
    }
    assertThat(
            LongStream.rangeClosed(1, 20)
                .anyMatch(seed -> {
                  var wrong = new Cluster(seed, mutant, members);
                  script.accept(wrong);
                  return !wrong.violations().isEmpty();
                }))
        .as("that " + mutant + " is found")
        .isTrue();
  }

  @Test
  void zombieThatWakesStopsForGood() {
    for (boolean isWriting : List.of(true, false)) {
      var cluster = new Cluster(Mutant.NONE, 3);
      cluster.owner.freeze();
      cluster.work(8_000, isWriting);
      var next = cluster.serving();
      var owner = next.owner(PARTITION);
      assertThat(next).isNotEqualTo(cluster.owner);
      assertThat(owner).isNotNull();
      long epoch = owner.epoch();

      cluster.owner.wake();
      cluster.work(2_000, isWriting);

      assertThat(cluster.owner.stopped()).isNotNull();
      assertThat(cluster.serving()).isEqualTo(next);
      assertThat(owner.epoch()).isEqualTo(epoch);
      assertThat(cluster.violations()).isEmpty();
    }
  }

  /// What the old owner promised is true, and yet what it has is old.
  @Test
  void promiseAloneCoversNoRead() {
    only(
        Mutant.ZOMBIE_READ,
        3,
        cluster -> {
          cutOff(cluster.world, cluster.owner);
          cluster.work(6_000, true);
        });
  }

  /// It wakes, reaches all but the store, and asks those who have struck it.
  @Test
  void memberThatVotedDownGrantsNothing() {
    only(
        Mutant.GRANT_AFTER_VOTE,
        3,
        cluster -> {
          cluster.world.store().cut(cluster.owner.id(), true);
          cluster.owner.freeze();
          cluster.others.forEach(other -> down(other, List.of(cluster.owner)));
          cluster.work(2_500, true);
          cluster.owner.wake();
          cluster.work(1_000, true);
        });
  }

  /// The cluster of one judges two others to be dead, who go on granting each other leases.
  @Test
  void removalAloneEndsNoGrants() {
    only(Mutant.REMOVAL_ENDS_GRANTS, 3, TakeoverTest::minorityStrikes);
  }

  @Test
  void whatIsSentIsNotKnown() {
    only(Mutant.SENT_IS_KNOWN, 3, TakeoverTest::minorityStrikes);
  }

  @Test
  void withoutTheStoreNobodyReadsForLongerThanS() {
    only(Mutant.READS_WITHOUT_THE_STORE, 3, TakeoverTest::minorityStrikes);
  }

  private static void minorityStrikes(Cluster cluster) {
    var judge = cluster.others.getFirst();
    var victims = List.of(cluster.owner, cluster.others.getLast());
    cluster.world.isolate(judge);
    victims.forEach(victim -> cluster.world.store().cut(victim.id(), true));
    down(judge, victims);
    cluster.work(8_000, true);
  }

  private static void down(SimulatedMember judge, List<SimulatedMember> victims) {
    var ids = victims.stream().map(SimulatedMember::id).toList();
    judge.live(() -> judge.membership().down(ids, judge.clock().get()));
  }

  /// The second owner never serves; what it leaves behind is not clean.
  @Test
  void thirdOwnerWaitsForTheFirst() {
    only(Mutant.CLEAN_WITHOUT_SERVED, 3, TakeoverTest::handOnBeforeServing);
  }

  /// Nor is it the owner.
  @Test
  void whoNeverServedIsNotTheOwner() {
    only(Mutant.OWNER_BEFORE_SERVING, 3, TakeoverTest::handOnBeforeServing);
  }

  private static void handOnBeforeServing(Cluster cluster) {
    var second = cluster.others.getFirst();
    cutOff(cluster.world, cluster.owner);
    second.live(() -> second.place(PARTITION));
    cluster.work(100, false);
    second.live(() -> second.leave(PARTITION));
    cluster.work(30, false);
    var third = cluster.others.getLast();
    third.live(() -> third.place(PARTITION));
    cluster.work(3_000, true);
  }

  @Test
  void pauseEndsTheLease() {
    only(
        Mutant.ONE_CLOCK,
        3,
        cluster -> {
          cluster.owner.pause();
          cluster.work(8_000, true);
          cluster.world.isolate(cluster.owner);
          cluster.owner.wake();
          cluster.work(2_000, true);
        });
  }

  @Test
  void freezeOfEitherOfTwoLeavesTheOther() {
    for (int victim : List.of(0, 1)) {
      var cluster = new Cluster(Mutant.NONE, 2);
      var frozen = cluster.world.living().get(victim);
      var other = cluster.world.living().get(1 - victim);

      frozen.freeze();
      cluster.work(8_000, true);
      assertThat(cluster.serving()).isEqualTo(other);

      frozen.wake();
      cluster.work(1_000, true);
      assertThat(frozen.stopped()).isNotNull();
      assertThat(other.mayRead()).isTrue();
      assertThat(cluster.violations()).isEmpty();
    }
  }

  /// Two who cannot hear each other both ask the store.
  @Test
  void cutBetweenTwoLeavesOne() {
    var cluster = new Cluster(Mutant.NONE, 2);

    cluster.world.isolate(cluster.owner);
    cluster.work(8_000, true);

    assertThat(cluster.world.living()).hasSize(1);
    assertThat(cluster.serving()).isEqualTo(cluster.world.living().getFirst());
    assertThat(cluster.violations()).isEmpty();
  }

  /// Each of two says that the other is silent, and the third hears both.
  @Test
  void shortHalfCutDownsNobody() {
    var cluster = new Cluster(Mutant.NONE, 3);

    cluster.world.cutBoth(cluster.owner, cluster.others.getFirst());
    cluster.work(3_500, true);

    assertThat(cluster.world.living()).hasSize(3).allMatch(SimulatedMember::mayRead);
    assertThat(cluster.serving()).isEqualTo(cluster.owner);
    assertThat(cluster.violations()).isEmpty();
  }

  /// The third hears both, and takes a side.
  @Test
  void longHalfCutDownsOneOfBoth() {
    var cluster = new Cluster(Mutant.NONE, 3);
    var third = cluster.others.getLast();

    cluster.world.cutBoth(cluster.owner, cluster.others.getFirst());
    cluster.work(10_000, true);

    assertThat(cluster.world.living())
        .containsExactlyInAnyOrder(cluster.owner, third)
        .allMatch(SimulatedMember::mayRead);
    assertThat(cluster.serving()).isEqualTo(cluster.owner);
    assertThat(cluster.violations()).isEmpty();
  }

  /// It hears none of the others, and the owner does not hear the store.
  @Test
  void seedThatRestartsAloneIsRefused() {
    only(
        Mutant.FORMS_AT_ONCE,
        3,
        cluster -> {
          cluster.world.store().cut(cluster.owner.id(), true);
          var seed = cluster.world.start();
          cluster.world.isolate(seed);
          seed.live(() -> seed.place(PARTITION));
          cluster.work(3_000, true);
        });
  }

  /// All die, and their successors wait until none of them can be reading.
  @Test
  void clusterIsFormedAnewWhenTheFormerOneHasBeenSilent() {
    var cluster = new Cluster(Mutant.NONE, 3);
    long before = cluster.world.store().roll().number();
    cluster.world.living().forEach(SimulatedMember::crash);
    var next = cluster.world.start();

    cluster.pass(3_900);
    assertThat(cluster.world.store().roll().number()).isEqualTo(before);
    cluster.pass(2_000);

    assertThat(cluster.world.store().roll().members()).containsExactly(next.id());
    assertThat(cluster.serving()).isEqualTo(next);
    assertThat(cluster.violations()).isEmpty();
  }

  /// kill -9 is seen at once; then it takes a lease.
  @Test
  void killedOwnerIsReplacedAfterALease() {
    var cluster = new Cluster(Mutant.NONE, 3);

    cluster.owner.crash();
    cluster.pass(900);
    assertThat(cluster.world.living()).noneMatch(member -> ClusterWorld.serves(member, PARTITION));
    cluster.pass(1_000);

    assertThat(cluster.serving()).isNotEqualTo(cluster.owner);
  }

  @Test
  void cleanHandOverWaitsForNothing() {
    var cluster = new Cluster(Mutant.NONE, 3);
    var next = cluster.others.getFirst();

    cluster.world.move(PARTITION, next.id());
    cluster.pass(20);
    next.live(() -> next.place(PARTITION));
    cluster.pass(60);

    assertThat(cluster.serving()).isEqualTo(next);
  }
}
