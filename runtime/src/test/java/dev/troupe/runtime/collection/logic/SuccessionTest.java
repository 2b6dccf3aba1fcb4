package dev.troupe.runtime.collection.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.lease.MemberId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Against whom the next owner of a partition guards, where that one lives and is struck never.
class SuccessionTest {

  private static final MemberId ONE = new MemberId("a", 1);
  private static final MemberId OTHER = new MemberId("b", 2);

  private final PartitionBench many = new PartitionBench(ONE);
  private final List<Long> given = new ArrayList<>();

  /// The one before has said that it serves no more: it would be waited for without end.
  @Test
  void nobodyIsGuardedAgainstWhenAnEpochWasOpenedAndNeverServedAfterAHandOver() {
    var former = new PartitionBench(OTHER);
    former.tell(new PartitionMessage.Leave());
    assertThat(former.closed).isPositive();

    many.follows(former);
    opensUnclean();
    assertThat(many.guards).isZero();
    many.leased();
    many.loaded();
    many.kept();
    assertThat(many.isServing).isTrue();
  }

  /// It has not served: who did before may still.
  @Test
  void whoLeavesBeforeItServesReleasesNothing() {
    many.noted(OTHER);
    many.fail();
    many.tell(new PartitionMessage.Retry());
    many.opened();
    many.tell(new PartitionMessage.Leave());

    assertThat(many.served).isFalse();
    assertThat(many.isAnybodyNoted()).isTrue();
  }

  /// It could not close the epoch that it served, as the store was away.
  @Test
  void formerOwnerThatLivesIsAskedUntilItHasGivenUp() {
    many.noted(OTHER);
    opensUnclean();
    assertThat(many.guardedAgainst).isEqualTo(OTHER);
    assertThat(many.asked).containsExactly("b#2 3");
    many.tell(new PartitionMessage.Tick());
    many.loaded();
    many.tell(new PartitionMessage.Tick());
    assertThat(many.asked).containsExactly("b#2 3", "b#2 3", "b#2 3");

    many.tell(new PartitionMessage.GivenUp(2));
    long guard = many.awaited;
    many.tell(new PartitionMessage.GivenUp(3));
    many.tell(new PartitionMessage.Leased(guard));
    assertThat(many.keeping).as("the lease must have been asked for since").isEmpty();
    many.leased();
    many.kept();
    assertThat(many.isServing).isTrue();
    many.tell(new PartitionMessage.Tick());
    assertThat(many.asked).hasSize(3);
  }

  @Test
  void whoIsStruckNeedNotAnswer() {
    many.noted(OTHER);
    opensUnclean();
    many.loaded();
    many.leased();
    many.kept();
    assertThat(many.isServing).isTrue();
  }

  @Test
  void ownerGivesUpWhatSomebodyHasOpenedAnew() {
    giveUp(1);
    assertThat(given).as("it is the newest").isEmpty();
    assertThat(many.isServing).isTrue();

    giveUp(2);
    assertThat(given).containsExactly(2L);
    assertThat(many.departed).isTrue();
    assertThat(many.roots.newest()).isNull();

    giveUp(3);
    assertThat(given).containsExactly(2L, 3L);
  }

  /// What was read in the epoch that has ended can be read on until the next one is there.
  @Test
  void epochThatHasEndedIsGivenUpAsWell() {
    many.fail();
    assertThat(many.roots.newest()).isNotNull();

    giveUp(2);
    assertThat(given).containsExactly(2L);
    assertThat(many.departed).isTrue();
    assertThat(many.roots.newest()).isNull();
  }

  /// Its note may have been stored before the later epoch was opened.
  @Test
  void whoIsAboutToServeGivesUp() {
    many.fail();
    many.tell(new PartitionMessage.Retry());
    many.opened();
    many.loaded();
    many.roots.withdraw();

    giveUp(3);
    assertThat(given).containsExactly(3L);
    assertThat(many.departed).isTrue();
    many.kept();
    assertThat(many.isServing).isFalse();
  }

  /// It was given the partition again, and will open a still later epoch.
  @Test
  void whoHasYetToOpenAnEpochHasNothingToGiveUp() {
    many.fail();
    many.roots.withdraw();

    giveUp(2);
    assertThat(given).containsExactly(2L);
    assertThat(many.departed).isFalse();
    many.reopen();
    assertThat(many.isServing).isTrue();
  }

  private void giveUp(long epoch) {
    many.tell(new PartitionMessage.GiveUp(epoch, given::add));
  }

  /// Opens the partition after somebody else has, and has not closed it.
  private void opensUnclean() {
    many.isClean = false;
    many.isLeased = false;
    many.fail();
    many.tell(new PartitionMessage.Retry());
    many.leased();
    many.openedAfterAnother();
  }
}
