package dev.troupe.persistence.contract;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.store.cluster.ClusterStore;
import dev.troupe.runtime.store.cluster.Standing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What every store must do that puts the rolls of a cluster in order.
public interface ClusterStoreContract {

  MemberId A = new MemberId("pekko://troupe@10.0.0.1:7601", 1);
  MemberId B = new MemberId("pekko://troupe@10.0.0.2:7601", -2);
  MemberId C = new MemberId("pekko://troupe@10.0.0.3:7601", Long.MAX_VALUE);

  /// A new store without a cluster. The same one within a test.
  ClusterStore store();

  default Standing beat(MemberId member) {
    return await(store().beat(member));
  }

  default Standing form(MemberId member) {
    return await(store().form(member, beat(member)));
  }

  default Roll change(Roll before, MemberId... members) {
    return await(store().change(before.next(Set.of(members))));
  }

  @Test
  default void firstRollIsOfWhoeverFormsTheCluster() {
    assertThat(beat(A)).isEqualTo(new Standing(Roll.NONE, 0, 0, false));

    var formed = form(A);

    assertThat(formed).isEqualTo(new Standing(new Roll(1, Set.of(A), Set.of()), 1, 0, false));
    assertThat(beat(B)).isEqualTo(formed);
  }

  @Test
  default void beatsOfMembersAreCountedAndThoseOfOthersAreNot() {
    form(A);

    assertThat(beat(B).beats()).isZero();
    assertThat(beat(A).beats()).isEqualTo(1);
    assertThat(beat(B).beats()).isEqualTo(1);
    assertThat(beat(new MemberId(A.address(), 7)).beats()).isEqualTo(1);
  }

  /// The seed that restarts, hears nobody else, and has the store.
  @Test
  default void seedThatRestartsAloneIsRefused() {
    var roll = change(form(A).roll(), A, B);
    var seed = new MemberId(A.address(), 7);
    var seen = beat(seed);
    beat(B);

    var answer = await(store().form(seed, seen));

    assertThat(answer.roll()).isEqualTo(roll);
    assertThat(answer.cluster()).isEqualTo(1);
  }

  @Test
  default void clusterThatIsFormedAnewIsOfANewIncarnationAndWaitsForNobody() {
    change(form(A).roll(), A, B);

    var formed = form(C);

    assertThat(formed.roll()).isEqualTo(new Roll(3, Set.of(C), Set.of()));
    assertThat(formed.cluster()).isEqualTo(3);
    assertThat(beat(C).roll()).isEqualTo(formed.roll());
    assertThat(beat(A).struck()).isTrue();
    assertThat(beat(B).struck()).isTrue();
    assertThat(beat(C).struck()).isFalse();
  }

  @Test
  default void twoThatFormTogetherFormOnce() throws Exception {
    var seen = beat(C);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var answers =
          threads.invokeAll(
              List.<Callable<Standing>>of(
                  () -> await(store().form(A, seen)), () -> await(store().form(B, seen))));

      var first = answers.getFirst().get().roll();
      assertThat(answers.getLast().get().roll()).isEqualTo(first);
      assertThat(first.number()).isEqualTo(1);
      assertThat(first.members()).hasSize(1);
    }
  }

  @Test
  default void rollFollowsOnlyTheOneBeforeIt() {
    var first = form(A).roll();
    var second = change(first, A, B);

    assertThat(second).isEqualTo(new Roll(2, Set.of(A, B), Set.of(A)));
    assertThat(change(first, A, C)).isEqualTo(second);
    assertThat(change(new Roll(7, Set.of(A), Set.of()), A, C)).isEqualTo(second);
    assertThat(beat(A).cluster()).isEqualTo(1);
  }

  /// Each of two writes the other off.
  @Test
  default void firstVoteWins() {
    var both = change(form(A).roll(), A, B);

    var first = change(both, A);
    var second = change(both, B);

    assertThat(first).isEqualTo(new Roll(3, Set.of(A), Set.of(A, B)));
    assertThat(second).isEqualTo(first);
    assertThat(beat(A).struck()).isFalse();
    assertThat(beat(B).struck()).isTrue();
  }

  @Test
  default void whoeverWasStruckIsLeftOut() {
    var roll = change(change(form(A).roll(), A, B), A);

    var next = change(roll, A, B, C);

    assertThat(next.members()).containsExactlyInAnyOrder(A, C);
  }

  @Test
  default void whoeverWasStruckFormsNothing() {
    var roll = change(change(form(A).roll(), A, B), A);

    assertThat(form(B)).isEqualTo(new Standing(roll, 1, 0, true));
  }

  @Test
  default void rollThatChangesNothingOrLeavesNobodyIsNotWritten() {
    var roll = change(change(form(A).roll(), A, B), A);

    assertThat(change(roll, A)).isEqualTo(roll);
    assertThat(change(roll, A, B)).isEqualTo(roll);
    assertThat(change(roll, B)).isEqualTo(roll);
  }

  @Test
  default void lastOneThatLeavesEndsTheCluster() {
    var roll = form(A).roll();

    var ended = change(roll);

    assertThat(ended).isEqualTo(new Roll(2, Set.of(), Set.of(A)));
    assertThat(beat(A).struck()).isTrue();
    assertThat(form(B).cluster()).isEqualTo(3);
  }

  /// Many at once: every roll follows one other, nobody returns who was struck, and all are shown
  /// the same.
  @Test
  default void rollsAreInOneOrderWhoeverWritesThem() throws Exception {
    int writers = 4;
    try (var threads = Executors.newFixedThreadPool(writers)) {
      var work = new ArrayList<Callable<List<Roll>>>();
      for (int i = 0; i < writers; i++) {
        var random = new Random(i);
        work.add(() -> workAt(random));
      }
      var seen = new TreeMap<Long, Roll>();
      for (var rolls : threads.invokeAll(work)) {
        for (var roll : rolls.get()) {
          assertThat(seen.merge(roll.number(), roll, (before, _) -> before)).isEqualTo(roll);
        }
      }
      check(seen);
    }
  }

  private List<Roll> workAt(Random random) {
    var seen = new ArrayList<Roll>();
    for (int i = 0; i < 60; i++) {
      var self = new MemberId("m", random.nextInt(40));
      var standing = beat(self);
      seen.add(standing.roll());
      if (random.nextInt(10) == 0) {
        seen.add(await(store().form(self, standing)).roll());
      } else {
        var next = new HashSet<>(standing.roll().members());
        next.add(self);
        next.removeIf(_ -> random.nextInt(4) == 0);
        seen.add(await(store().change(standing.roll().next(next))));
      }
    }
    return seen;
  }

  private static void check(Map<Long, Roll> seen) {
    assertThat(seen).hasSizeGreaterThan(20);
    var struck = new HashSet<MemberId>();
    var before = Roll.NONE;
    for (var roll : seen.values()) {
      if (before.number() + 1 == roll.number() && !roll.former().isEmpty()) {
        assertThat(roll.former()).isEqualTo(before.members());
      }
      assertThat(roll.members()).noneMatch(struck::contains);
      struck.addAll(before.members());
      struck.addAll(roll.former());
      struck.removeAll(roll.members());
      before = roll;
    }
  }
}
