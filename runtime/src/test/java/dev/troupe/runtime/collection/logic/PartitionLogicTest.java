package dev.troupe.runtime.collection.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.Version;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.runtime.collection.index.Root;
import dev.troupe.runtime.collection.protocol.ClosingReply;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.protocol.Promise;
import dev.troupe.runtime.collection.protocol.StreamItem;
import dev.troupe.runtime.collection.protocol.StreamedItem;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.ResourceEffect;
import dev.troupe.runtime.resource.logic.ResourceState;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.EventStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/// The schedules that the design answers, one by one.
class PartitionLogicTest {

  private final PartitionBench bench = new PartitionBench();

  @Test
  void higherVersionThatIsStoredFirstIsReleasedSecond() {
    var lowerReply = bench.write(bench.writes().create("a", "x"));
    var higherReply = bench.write(bench.writes().create("b", "x"));
    var lower = bench.storing();
    var higher = bench.storing();

    bench.storeAndTell(higher);

    assertThat(higherReply).isEmpty();
    assertThat(newest().get("default", "b")).isEmpty();

    bench.storeAndTell(lower);

    assertThat(newest().get("default", "a")).isPresent();
    assertThat(newest().get("default", "b")).isPresent();
    assertThat(lowerReply).hasSize(1);
    assertThat(higherReply).hasSize(1);
  }

  @Test
  void promiseAboveTheCeilingWaitsUntilTheCeilingIsStored() {
    long wanted = bench.ceiling() + Version.STEP;
    bench.now += 1_000;

    var promises = bench.ask(wanted);

    assertThat(promises).isEmpty();
    bench.kept();
    assertThat(promises).hasOnlyElementsOfType(Promise.Given.class);
    assertThat(bench.ceiling()).isGreaterThanOrEqualTo(wanted);
  }

  @Test
  void promiseOutlivesItsGiver() {
    long promised = Version.atMillis(bench.now + 2_000);
    bench.ask(promised);
    bench.fail();
    bench.reopen();

    bench.write(bench.writes().create("a", "x"));

    assertThat(bench.storing().persist().event().version()).isGreaterThan(promised);
  }

  /// As long as the store is away only those are denied who want to know what it alone can tell.
  @Test
  void deniedPromiseEndsNoEpoch() {
    bench.write(bench.writes().create("a", "x"));
    bench.storeAndTell(bench.storing());
    bench.now += 1_000;
    var promises = bench.ask(bench.ceiling() + Version.STEP);

    bench.keepsFail();

    assertThat(promises).hasOnlyElementsOfType(Promise.Denied.class);
    assertThat(bench.isServing).isTrue();
    assertThat(bench.ask(newest().version())).hasOnlyElementsOfType(Promise.Given.class);
    bench.write(bench.writes().create("b", "x"));
    bench.storeAndTell(bench.storing());
    assertThat(newest().get("default", "b")).isPresent();
    assertThat(bench.epoch).isEqualTo(1);
  }

  @Test
  void ceilingThatFailedIsTriedAgainAfterAWhile() {
    bench.now += 1_000;
    long wanted = bench.ceiling() + Version.STEP;
    bench.ask(wanted);
    bench.keepsFail();

    var promises = bench.ask(wanted);
    assertThat(bench.keeping).isEmpty();
    assertThat(promises).isEmpty();

    bench.tell(new PartitionMessage.Tick());
    bench.kept();
    assertThat(promises).hasOnlyElementsOfType(Promise.Given.class);
  }

  /// Whoever opened the partition then would break a promise.
  @Test
  void ceilingThatIsStoredLateTakesNoHigherOneBack() {
    bench.now += 1_000;
    bench.ask(bench.ceiling() + Version.STEP);
    var late = bench.keepsFail();
    bench.now += 2_000;
    long promised = Version.atMillis(bench.now + 2_000);
    bench.tell(new PartitionMessage.Tick());
    bench.ask(promised);
    bench.kept();

    bench.storeLate(late);

    bench.fail();
    bench.reopen();
    bench.write(bench.writes().create("a", "x"));
    assertThat(bench.storing().persist().event().version()).isGreaterThan(promised);
  }

  @Test
  void ceilingHasItsOneNameAgainInTheNextEpoch() {
    bench.now += 1_000;
    bench.ask(bench.ceiling() + Version.STEP);
    bench.keepsFail();
    bench.tell(new PartitionMessage.Tick());
    bench.ask(bench.ceiling() + Version.STEP);
    bench.kept();
    assertThat(bench.ceilings()).hasSize(2);
    bench.fail();
    bench.reopen();

    bench.now += 2_000;
    bench.ask(Version.atMillis(bench.now + 2_000));
    bench.kept();

    assertThat(bench.ceilings()).containsExactly("ceiling");
    assertThat(bench.ceiling()).isGreaterThan(Version.atMillis(bench.now + 2_000));
  }

  @Test
  void closingOfANamespaceThatMayBeStoredEndsTheEpoch() {
    var closed = new ArrayList<ClosingReply>();
    bench.tell(new PartitionMessage.CloseNamespace("ns-uid", Duration.ofMinutes(2), closed::add));

    bench.keepsFail();

    assertThat(bench.isServing).isFalse();
    bench.reopen();
    assertThat(closed).containsExactly(new ClosingReply.Done("ns-uid"));
  }

  @Test
  void promiseWaitsForLowerVersionsInFlight() {
    bench.write(bench.writes().create("a", "x"));
    var storing = bench.storing();

    var promises = bench.ask(storing.persist().event().version() + Version.STEP);
    bench.kept();

    assertThat(promises).isEmpty();
    bench.storeAndTell(storing);
    assertThat(promises).hasSize(1);
    assertThat(newest().get("default", "a")).isPresent();
  }

  @Test
  void promiseFarAheadOfTimeIsDenied() {

    var promises = bench.ask(Version.atMillis(bench.now + 60_000));

    assertThat(promises).hasOnlyElementsOfType(Promise.Ahead.class);
  }

  @Test
  void childThatDiesWithAVersionInFlightEndsTheEpoch() {
    var reply = bench.write(bench.writes().create("a", "x"));
    var storing = bench.storing();

    bench.tell(new PartitionMessage.ChildTerminated(onlyChild()));

    assertThat(bench.isServing).isFalse();
    bench.store(storing);
    bench.reopen();
    assertWritten(reply, storing.persist().event().version());
  }

  @Test
  void storeThatDoesNotSayWhetherAnEventIsStoredIsAskedByTheNextEpoch() {
    var reply = bench.write(bench.writes().create("a", "x"));
    var storing = bench.storing();

    bench.now += 10_000;
    bench.tell(new PartitionMessage.Tick());
    assertThat(bench.isServing).isTrue();
    bench.now += 1_000;
    bench.tell(new PartitionMessage.Tick());

    assertThat(bench.isServing).isFalse();
    assertThat(reply).isEmpty();
    bench.store(storing);
    bench.reopen();
    assertWritten(reply, storing.persist().event().version());
  }

  /// Whoever waits is told so before he must take it that it may be stored.
  @Test
  void writeThatNothingComesOfBetweenEpochsIsRefusedBeforeItsDeadline() {
    bench.fail();
    var reply = bench.write(bench.writes().create("a", "x"));
    bench.now += 58_000;
    bench.tell(new PartitionMessage.Tick());
    assertThat(reply).isEmpty();

    bench.now += 1_000;
    bench.tell(new PartitionMessage.Tick());

    assertThat(reply)
        .singleElement()
        .isInstanceOfSatisfying(
            WriteReply.Refused.class,
            refused -> {
              assertThat(refused.refusal().code()).isEqualTo(504);
              assertThat(refused.refusal().message()).endsWith("it was not stored");
              assertThat(refused.refusal().retryAfterSeconds()).isEqualTo(1);
            });
  }

  /// As after a start with a clock that has been set back.
  @Test
  void silenceOfTheStoreIsNoticedAlsoWhereVersionsAreAheadOfTime() {
    bench.write(bench.writes().create("a", "x"));
    bench.storeAndTell(bench.storing());
    bench.now -= Duration.ofHours(1).toMillis();

    bench.write(bench.writes().create("b", "x"));
    assertThat(bench.storing()).isNotNull();
    bench.now += 11_000;
    bench.tell(new PartitionMessage.Tick());

    assertThat(bench.isServing).isFalse();
  }

  @Test
  void childThatDiesWithoutAVersionIsReplacedAndAskedAgain() {
    var reply = bench.write(bench.writes().create("a", "x"));
    bench.orders.clear();

    bench.tell(new PartitionMessage.ChildTerminated(onlyChild()));

    assertThat(bench.isServing).isTrue();
    bench.storeAndTell(bench.storing());
    assertThat(reply).hasSize(1);
  }

  @Test
  void childIsStoppedOnlyAfterItsLastVersionIsReleased() {
    bench.write(bench.writes().create("low", "x"));
    bench.write(bench.writes().create("a", "x"));
    var low = bench.storing();
    var a = bench.storing();
    bench.storeAndTell(a);

    // Stored, not released: the next child would not find it in the index.
    assertThat(bench.stopped).isEmpty();

    bench.storeAndTell(low);
    bench.write(bench.writes().create("b", "x"));
    bench.storeAndTell(bench.storing());
    assertThat(bench.stopped).isNotEmpty();
  }

  @Test
  void childWithNothingToDoSleepsAfterAWhile() {
    bench.tell(new PartitionMessage.Tick());
    bench.write(bench.writes().create("a", "x"));
    bench.storeAndTell(bench.storing());

    bench.now += Duration.ofSeconds(29).toMillis();
    bench.tell(new PartitionMessage.Tick());
    assertThat(bench.stopped).isEmpty();

    bench.now += Duration.ofSeconds(2).toMillis();
    bench.tell(new PartitionMessage.Tick());
    assertThat(bench.stopped).hasSize(1);
  }

  @Test
  void childOfADeletedResourceSleepsAtOnce() {
    bench.write(bench.writes().create("a", "x"));
    bench.storeAndTell(bench.storing());
    bench.write(bench.writes().delete("a"));
    bench.storeAndTell(bench.storing());

    assertThat(bench.stopped).hasSize(1);
  }

  @Test
  void unchangedAnswerWaitsForTheVersionItWasDecidedOn() {
    bench.write(bench.writes().create("low", "x"));
    bench.write(bench.writes().create("a", "x"));
    var low = bench.storing();
    var a = bench.storing();
    bench.storeAndTell(a);
    var reply = bench.write(bench.writes().update("a", "x"));
    var state = ResourceState.unknown(0).apply(a.persist().event());

    assertThat(bench.decide(bench.orders.removeFirst(), state))
        .isInstanceOf(ResourceEffect.Answer.class);

    assertThat(reply).isEmpty();
    bench.storeAndTell(low);
    assertWritten(reply, a.persist().event().version());
  }

  @Test
  void newsOfAnEndedEpochAreIgnored() {
    var reply = bench.write(bench.writes().create("a", "x"));
    var storing = bench.storing();
    bench.fail();
    bench.reopen();

    bench.tell(storing);

    assertThat(newest().get("default", "a")).isEmpty();
    bench.storeAndTell(bench.storing());
    assertThat(reply).hasSize(1);
  }

  @Test
  void answersAndFailuresOfAnEndedEpochAreIgnored() {
    var reply = bench.write(bench.writes().update("a", "x"));
    var order = bench.orders.removeFirst();
    long ended = bench.epoch;
    bench.fail();
    bench.reopen();

    bench.decide(order, ResourceState.unknown(0));
    bench.tell(new PartitionMessage.Failed(ended, "unknown"));

    assertThat(reply).isEmpty();
    assertThat(bench.isServing).isTrue();
    bench.decide();
    assertThat(refusedWith(reply)).isEqualTo(404);
  }

  /// A write of which nobody knows whether it is stored must not keep everybody from reading.
  @Test
  void lastRootStaysReadableUntilTheNextEpochIsLoaded() {
    bench.write(bench.writes().create("a", "x"));
    bench.storeAndTell(bench.storing());
    long last = newest().version();
    bench.write(bench.writes().create("b", "x"));
    var unknown = bench.storing();
    bench.store(unknown);

    bench.fail();

    assertThat(newest().version()).isEqualTo(last);
    assertThat(bench.ask(last)).hasOnlyElementsOfType(Promise.Given.class);
    assertThat(bench.ask(last + Version.STEP)).isEmpty();
    bench.tell(new PartitionMessage.Retry());
    bench.opened();
    assertThat(newest().version()).isEqualTo(last);
    bench.loaded();
    assertThat(newest().get("default", "b")).isPresent();
    // Nobody could have told which of the versions between are without it.
    assertThat(bench.roots.at(last)).isPresent();
    assertThat(bench.roots.at(last + 1)).isEmpty();
  }

  @Test
  void nothingIsOpenedBeforeALeaseThatIsYoungerThanTheWishToOpen() {
    bench.fail();
    bench.isLeased = false;
    long former = bench.awaited;
    int opens = bench.opens.size();
    bench.tell(new PartitionMessage.Retry());

    assertThat(bench.awaited).isGreaterThan(former);
    bench.tell(new PartitionMessage.Leased(former));
    assertThat(bench.opens).hasSize(opens);

    bench.leased();
    assertThat(bench.opens).hasSize(opens + 1);
  }

  @Test
  void nothingIsServedBeforeALeaseThatIsYoungerThanTheEpoch() {
    bench.fail();
    bench.tell(new PartitionMessage.Retry());
    long former = bench.awaited;
    bench.isLeased = false;
    bench.opened();

    assertThat(bench.awaited).isGreaterThan(former);
    bench.tell(new PartitionMessage.Leased(former));
    bench.loaded();
    assertThat(bench.isServing).isFalse();

    bench.leased();
    assertThat(bench.isServing).isTrue();
  }

  @Test
  void leaseThatIsThereBeforeEverythingIsReadIsEnough() {
    bench.fail();
    bench.tell(new PartitionMessage.Retry());
    bench.opened();
    assertThat(bench.isServing).isFalse();

    bench.loaded();

    assertThat(bench.isServing).isTrue();
  }

  /// Whoever was replaced without knowing may read as long as its lease lasts.
  @Test
  void uncleanEpochOfSomebodyElseIsGuardedAgainst() {
    bench.isClean = false;
    bench.fail();
    bench.reopen();
    assertThat(bench.guards).as("its own former epoch").isZero();

    bench.fail();
    bench.tell(new PartitionMessage.Retry());
    bench.openedAfterAnother();
    assertThat(bench.guards).isEqualTo(1);
    bench.tell(new PartitionMessage.OpenFailed("the connection was lost"));
    bench.reopen();
    assertThat(bench.guards).as("it has not served since").isEqualTo(2);

    bench.isClean = true;
    bench.fail();
    bench.tell(new PartitionMessage.Retry());
    bench.openedAfterAnother();
    assertThat(bench.guards).isEqualTo(2);
  }

  /// Whoever opens the partition next must know against whom to guard.
  @Test
  void ownerIsNotedBeforeItServes() {
    var many = new PartitionBench(new MemberId("a", 1));
    many.isClean = false;
    many.isLeased = false;
    many.fail();
    many.tell(new PartitionMessage.Retry());
    many.leased();
    many.opened();
    many.loaded();
    assertThat(many.keeping).isEmpty();

    many.leased();
    assertThat(many.isServing).isFalse();
    assertThat(many.keeping).singleElement().asString().contains("owner");

    many.kept();
    assertThat(many.isServing).isTrue();
  }

  /// It would mislead whoever comes after the member that is alone now.
  @Test
  void noteOfAFormerOwnerIsTakenAwayByAMemberThatIsAlone() {
    bench.noted(new MemberId("a", 1));
    bench.fail();
    bench.tell(new PartitionMessage.Retry());
    bench.opened();
    bench.loaded();

    assertThat(bench.isServing).isFalse();
    assertThat(bench.keeping).singleElement().asString().contains("owner");
    bench.kept();
    assertThat(bench.isServing).isTrue();

    bench.fail();
    bench.reopen();
    assertThat(bench.isServing).isTrue();
  }

  @Test
  void noteThatIsFencedEndsThePartitionForGood() {
    var many = new PartitionBench(new MemberId("a", 1));
    var inFlight = many.write(many.writes().create("a", "x"));
    many.storing();
    many.fail();
    many.tell(new PartitionMessage.Retry());
    many.opened();
    many.loaded();

    many.fence();

    assertThat(many.departed).isTrue();
    assertThat(many.roots.newest()).isNull();
    assertThat(refusedWith(inFlight)).isEqualTo(504);
  }

  @Test
  void noteThatMayBeStoredIsFollowedByTheNextEpoch() {
    var many = new PartitionBench(new MemberId("a", 1));
    many.fail();
    many.tell(new PartitionMessage.Retry());
    many.opened();
    many.loaded();

    many.storeLate(many.keepsFail());
    assertThat(many.isServing).isFalse();

    many.reopen();
    assertThat(many.isServing).isTrue();
  }

  @Test
  void whoNotedItselfIsGuardedAgainstByAllOthers() {
    var one = new MemberId("a", 1);
    var many = new PartitionBench(one);
    many.isClean = false;
    many.fail();
    many.tell(new PartitionMessage.Retry());
    many.openedAfterAnother();
    assertThat(many.guards).as("nobody else has served since").isZero();
    many.loaded();
    many.kept();

    many.noted(new MemberId("b", 2));
    many.fail();
    many.tell(new PartitionMessage.Retry());
    many.openedAfterAnother();
    assertThat(many.guardedAgainst).isEqualTo(new MemberId("b", 2));
  }

  @Test
  void nothingCanBeReadWhenALeavingPartitionClosesItsEpoch() {
    bench.fail();
    assertThat(bench.roots.newest()).isNotNull();

    bench.tell(new PartitionMessage.Leave());

    assertThat(bench.closed).isEqualTo(bench.epoch);
    assertThat(bench.readableWhenClosed).isFalse();
  }

  @Test
  void whatIsFoundInTheScanIsAcknowledged() {
    var stored = bench.write(bench.writes().create("a", "x"));
    var later = bench.write(bench.writes().create("b", "x"));
    var storing = bench.storing();
    bench.storing();
    bench.store(storing);

    bench.fail();
    bench.reopen();

    assertWritten(stored, storing.persist().event().version());
    assertThat(newest().get("default", "a")).isPresent();
    // The other was not stored: it runs again.
    assertThat(later).isEmpty();
    bench.storeAndTell(bench.storing());
    assertThat(later).hasSize(1);
  }

  @Test
  void writeIsFoundBehindALaterWriteToTheSameResource() {
    var first = bench.write(bench.writes().create("a", "x"));
    var second = bench.write(bench.writes().update("a", "y"));
    var one = bench.storing();
    bench.store(one);
    var state = ResourceState.unknown(0).apply(one.persist().event());
    var two = (ResourceEffect.Store) bench.decide(bench.orders.removeFirst(), state);
    bench.store(new PartitionBench.Storing(bench.epoch, two));

    bench.fail();
    bench.reopen();

    assertWritten(first, one.persist().event().version());
    assertWritten(second, two.event().version());
    assertThat(Writes.value(((WriteReply.Written) first.getFirst()).json())).isEqualTo("x");
  }

  @Test
  void outcomeIsUnknownIfSomebodyElseOwnedThePartitionMeanwhile() {
    var reply = bench.write(bench.writes().create("a", "x"));
    bench.storing();
    bench.fail();
    bench.tell(new PartitionMessage.Retry());
    bench.openedAfterAnother();
    bench.loaded();

    assertThat(refusedWith(reply)).isEqualTo(504);
  }

  /// It would take the partition away from whom it has been given to.
  @Test
  void fencedPartitionStopsForGood() {
    var inFlight = bench.write(bench.writes().create("a", "x"));
    bench.storing();
    var waiting = bench.write(bench.writes().create("b", "x"));
    int opens = bench.opens.size();

    bench.fence();

    assertThat(refusedWith(inFlight)).isEqualTo(504);
    assertThat(refusedWith(waiting)).isEqualTo(503);
    assertThat(bench.roots.newest()).isNull();
    assertThat(bench.departed).isTrue();
    bench.tell(new PartitionMessage.Retry());
    bench.tell(new PartitionMessage.Tick());
    assertThat(bench.opens).hasSize(opens);
    assertThat(refusedWith(bench.write(bench.writes().create("c", "x")))).isEqualTo(503);
    assertThat(bench.ask(0)).hasOnlyElementsOfType(Promise.Denied.class);
    bench.tell(new PartitionMessage.Closed());
    assertThat(bench.finished).isTrue();
  }

  @Test
  void partitionThatIsFencedWhileItLeavesHasNothingToClose() {
    bench.write(bench.writes().create("a", "x"));
    bench.storing();
    bench.tell(new PartitionMessage.Leave());

    bench.fence();

    assertThat(bench.departed).isTrue();
    assertThat(bench.closed).isZero();
  }

  @Test
  void commandWithoutAVersionIsRunAgainInTheNextEpoch() {
    var reply = bench.write(bench.writes().create("a", "x"));
    var order = bench.orders.removeFirst();
    bench.fail();

    assertThat(bench.decide(order, ResourceState.unknown(0)))
        .isInstanceOf(ResourceEffect.Nothing.class);

    bench.reopen();
    bench.storeAndTell(bench.storing());
    assertThat(reply).hasSize(1);
  }

  @Test
  void writeThatFailsEveryTimeIsGivenUp() {
    var reply = bench.write(bench.writes().create("a", "x"));
    for (int attempt = 0; attempt < 3; attempt++) {
      bench.storing();
      bench.fail();
      bench.reopen();
    }

    assertThat(refusedWith(reply)).isEqualTo(503);
  }

  @Test
  void writeWithoutRoomIsRefusedAndTheEpochGoesOn() {
    var full = bench.write(bench.writes().create("a", "x"));
    bench.refuse(bench.storing(), EventStore.Outcome.NO_ROOM);
    var overloaded = bench.write(bench.writes().create("a", "x"));
    bench.refuse(bench.storing(), EventStore.Outcome.OVERLOADED);

    assertThat(refusedWith(full)).isEqualTo(507);
    assertThat(refusedWith(overloaded)).isEqualTo(429);
    assertThat(bench.isServing).isTrue();
    var stored = bench.write(bench.writes().create("a", "x"));
    bench.storeAndTell(bench.storing());
    assertWritten(stored, newest().version());
    assertThat(bench.epoch).isEqualTo(1);
  }

  @Test
  void refusedVersionDoesNotHoldBackHigherOnes() {
    var reply = bench.write(bench.writes().create("low", "x"));
    var higher = bench.write(bench.writes().create("high", "x"));
    var low = bench.storing();
    bench.storeAndTell(bench.storing());
    assertThat(higher).isEmpty();

    bench.refuse(low, EventStore.Outcome.OVERLOADED);

    assertThat(refusedWith(reply)).isEqualTo(429);
    assertThat(higher).hasSize(1);
    assertThat(newest().get("default", "low")).isEmpty();
  }

  @Test
  void whatWaitedBehindRefusedWritesIsDecidedByTheNextChild() {
    for (int i = 0; i < 5; i++) {
      bench.write(bench.writes().create("a", "x"));
      var waiting = bench.write(bench.writes().create("a", "y"));
      bench.refuse(bench.storing(), EventStore.Outcome.OVERLOADED);
      bench.refuse(bench.storing(), EventStore.Outcome.OVERLOADED);
      assertThat(refusedWith(waiting)).isEqualTo(429);
    }
    bench.write(bench.writes().create("a", "x"));
    bench.storeAndTell(bench.storing());
    assertThat(newest().get("default", "a")).isPresent();
  }

  /// The next child would begin on an index that does not show what the last one has stored.
  @Test
  void childThatIsRefusedWithAnUnreleasedVersionEndsTheEpoch() {
    bench.write(bench.writes().create("low", "x"));
    var stored = bench.write(bench.writes().create("a", "x"));
    var low = bench.storing();
    var first = bench.storing();
    bench.storeAndTell(first);
    var second = bench.write(bench.writes().update("a", "y"));
    var state = ResourceState.unknown(0).apply(first.persist().event());
    var step = bench.decide(bench.orders.removeFirst(), state);

    bench.refuse(
        new PartitionBench.Storing(bench.epoch, (ResourceEffect.Store) step),
        EventStore.Outcome.NO_ROOM);

    assertThat(refusedWith(second)).isEqualTo(507);
    assertThat(bench.isServing).isFalse();
    bench.store(low);
    bench.reopen();
    assertWritten(stored, first.persist().event().version());
  }

  @Test
  void factsWithoutRoomAreStoredLater() {
    long wanted = bench.ceiling() + Version.STEP;
    bench.now += 1_000;
    var promises = bench.ask(wanted);

    bench.keepsRefused();
    assertThat(promises).isEmpty();
    assertThat(bench.isServing).isTrue();

    bench.tell(new PartitionMessage.Tick());
    bench.kept();
    assertThat(promises).hasOnlyElementsOfType(Promise.Given.class);
  }

  @Test
  void namespaceIsClosedWhenEveryEarlierCreateIsDone() {
    bench.write(bench.writes().create("a", "x"));
    var closed = new ArrayList<ClosingReply>();

    bench.tell(new PartitionMessage.CloseNamespace("ns-uid", Duration.ofMinutes(2), closed::add));
    bench.kept();

    assertThat(closed).isEmpty();
    bench.storeAndTell(bench.storing());
    assertThat(closed).containsExactly(new ClosingReply.Done("ns-uid"));
    var late = bench.write(bench.writes().create("b", "x"));
    bench.decide();
    assertThat(refusedWith(late)).isEqualTo(403);
  }

  /// Whoever closes asks the next owner.
  @Test
  void closingThatAPartitionTakesWithItIsAnswered() {
    bench.write(bench.writes().create("a", "x"));
    var closed = new ArrayList<ClosingReply>();
    bench.tell(new PartitionMessage.CloseNamespace("ns-uid", Duration.ofMinutes(2), closed::add));

    bench.tell(new PartitionMessage.Abandon());
    assertThat(closed).hasOnlyElementsOfType(ClosingReply.NotNow.class).hasSize(1);

    bench.tell(new PartitionMessage.CloseNamespace("late", Duration.ofMinutes(2), closed::add));
    assertThat(closed).hasOnlyElementsOfType(ClosingReply.NotNow.class).hasSize(2);
  }

  @Test
  void aCollectionIsClosedForAsLongAsTheSameDefinitionIsThatOfItsType() {
    bench.definition = "definition-1";
    bench.tell(new PartitionMessage.CloseNamespace("definition-1", Duration.ofMinutes(2), _ -> {}));
    bench.kept();

    var late = bench.write(bench.writes().create("b", "x"));
    bench.decide();
    assertThat(refusedWith(late)).isEqualTo(405);

    bench.definition = "definition-2";
    bench.write(bench.writes().create("c", "x"));
    bench.storeAndTell(bench.storing());
    assertThat(newest().get("default", "c")).isPresent();
  }

  @Test
  void closedNamespaceStaysClosedInTheNextEpoch() {
    bench.tell(new PartitionMessage.CloseNamespace("ns-uid", Duration.ofMinutes(2), _ -> {}));
    bench.kept();
    bench.fail();
    bench.reopen();

    var late = bench.write(bench.writes().create("b", "x"));
    bench.decide();

    assertThat(refusedWith(late)).isEqualTo(403);
  }

  @Test
  void tooManyWritesAreRefused() {
    for (int i = 0; i < 3; i++) {
      bench.write(bench.writes().create("a", "x"));
    }
    assertThat(refusedWith(bench.write(bench.writes().create("a", "x")))).isEqualTo(429);
    for (int i = 0; i < 7; i++) {
      assertThat(bench.write(bench.writes().create("b" + i, "x"))).isEmpty();
    }
    assertThat(refusedWith(bench.write(bench.writes().create("c", "x")))).isEqualTo(429);
  }

  @Test
  void leavingFinishesWhatWasBegunAndClosesTheEpoch() {
    var begun = bench.write(bench.writes().create("a", "x"));
    var storing = bench.storing();
    bench.tell(new PartitionMessage.Leave());

    assertThat(refusedWith(bench.write(bench.writes().create("b", "x")))).isEqualTo(503);
    assertThat(bench.closed).isZero();
    bench.storeAndTell(storing);
    assertThat(begun).hasOnlyElementsOfType(WriteReply.Written.class);
    assertThat(bench.closed).isEqualTo(bench.epoch);
    assertThat(bench.served).isTrue();
  }

  @Test
  void epochThatIsLeftBeforeItServesIsNotClosedAsIfItHad() {
    bench.fail();
    bench.tell(new PartitionMessage.Retry());
    bench.opened();
    bench.tell(new PartitionMessage.Leave());

    assertThat(bench.closed).isEqualTo(bench.epoch);
    assertThat(bench.served).isFalse();
  }

  @Test
  void whatBecomesOfAnEpochIsNoted() {
    long epoch = bench.epoch;
    bench.tell(new PartitionMessage.Leave());

    assertThat(bench.notes)
        .containsExactly(
            epoch + ": is served here from now on, in epoch " + epoch,
            epoch + ": is to leave: takes no more writes in epoch " + epoch,
            epoch + ": is handed over: closes epoch " + epoch);
  }

  @Test
  void timesOfTheStepsToAnEpochAreNotedWithItsService() {
    bench.fail();
    long since = bench.now;
    bench.now = since + 100;
    bench.tell(new PartitionMessage.Retry());
    bench.now = since + 120;
    bench.opened();
    bench.now = since + 420;
    bench.loaded();

    assertThat(bench.times)
        .last()
        .isEqualTo(Map.of("allocated", since + 100, "opened", since + 120, "scanned", since + 420));
  }

  @Test
  void epochThatCannotBeReadLeavesTheNextOneTheTimeFromWhichClientsWait() {
    bench.fail();
    long since = bench.now;
    bench.tell(new PartitionMessage.Retry());
    bench.opened();
    bench.now = since + 100;
    bench.tell(new PartitionMessage.OpenFailed("no connection"));
    bench.now = since + 200;
    bench.tell(new PartitionMessage.Retry());
    bench.now = since + 210;
    bench.opened();
    bench.loaded();

    assertThat(bench.times)
        .last()
        .isEqualTo(Map.of("allocated", since, "opened", since + 210, "scanned", since + 210));
  }

  @Test
  void epochThatIsGivenUpIsNoted() {
    long epoch = bench.epoch;
    bench.tell(new PartitionMessage.Abandon());

    assertThat(bench.notes).last().isEqualTo(epoch + ": steps down: gives up epoch " + epoch);
  }

  @Test
  void followerWithoutCreditSeesAGap() {
    var items = new ArrayList<StreamItem>();
    bench.tell(new PartitionMessage.Follow(1, 1, 1, streamed -> items.add(streamed.item())));
    for (var name : List.of("a", "b", "c")) {
      bench.write(bench.writes().create(name, "x"));
      bench.storeAndTell(bench.storing());
      if (name.equals("b")) {
        bench.tell(new PartitionMessage.Credit(1, 1, 6, 0));
      }
    }

    var changes =
        items.stream()
            .filter(StreamItem.Item.class::isInstance)
            .map(StreamItem.Item.class::cast)
            .toList();
    assertThat(changes).hasSize(2);
    assertThat(changes.getLast().previous()).isGreaterThan(changes.getFirst().version());
  }

  @Test
  void repeatedFollowStartsAgainAndCountsOn() {
    var first = new ArrayList<StreamedItem>();
    bench.tell(new PartitionMessage.Follow(1, 1, 2, first::add));
    createAll("a", "b");
    assertThat(first.getLast().sent()).isEqualTo(2);

    bench.tell(new PartitionMessage.Follow(1, 1, 2, first::add));
    assertThat(first.getLast().item()).isInstanceOf(StreamItem.Started.class);
    createAll("c");
    assertThat(first.getLast().item()).isInstanceOf(StreamItem.Started.class);

    // What is overtaken takes nothing back.
    bench.tell(new PartitionMessage.Credit(1, 1, 3, 0));
    bench.tell(new PartitionMessage.Credit(1, 1, 2, 0));
    createAll("d");
    assertThat(first.getLast().sent()).isEqualTo(3);
  }

  @Test
  void laterAttemptBeginsAnewAndAnEarlierOneIsOfNoUse() {
    var deliveries = new ArrayList<StreamedItem>();
    bench.tell(new PartitionMessage.Follow(1, 1, 1, deliveries::add));
    createAll("a");
    bench.tell(new PartitionMessage.Follow(1, 2, 1, deliveries::add));
    bench.tell(new PartitionMessage.Follow(1, 1, 9, deliveries::add));
    bench.tell(new PartitionMessage.Credit(1, 1, 9, 0));
    createAll("b", "c");

    assertThat(deliveries.getLast().attempt()).isEqualTo(2);
    assertThat(deliveries.getLast().sent()).isEqualTo(1);
  }

  @Test
  void whatAFollowerHasNotSaidThatItHasIsKnown() {
    bench.tell(new PartitionMessage.Follow(1, 1, 9, _ -> {}));
    assertThat(behind()).containsExactly(0);
    createAll("a", "b");
    long had = Objects.requireNonNull(bench.roots.newest()).version();
    createAll("c");
    assertThat(behind()).containsExactly(3);

    bench.tell(new PartitionMessage.Credit(1, 1, 9, 0));
    assertThat(behind()).as("it does not know how far it is").containsExactly(3);
    bench.tell(new PartitionMessage.Credit(1, 1, 9, had));
    assertThat(behind()).containsExactly(1);

    bench.tell(new PartitionMessage.Unfollow(1));
    assertThat(behind()).isEmpty();
  }

  private List<Integer> behind() {
    return bench.deliveries().all().stream().map(delivery -> delivery.behind().changes()).toList();
  }

  @Test
  void followerThatSaysNothingForLongIsForgotten() {
    var silent = new ArrayList<StreamedItem>();
    var alive = new ArrayList<StreamedItem>();
    bench.tell(new PartitionMessage.Follow(1, 1, 9, silent::add));
    bench.tell(new PartitionMessage.Follow(2, 1, 9, alive::add));
    bench.now += Duration.ofSeconds(30).toMillis();
    bench.tell(new PartitionMessage.Credit(2, 1, 9, 0));
    bench.tell(new PartitionMessage.Tick());
    int before = silent.size();
    assertThat(alive).hasSize(before);

    bench.now += 1;
    bench.tell(new PartitionMessage.Tick());

    assertThat(silent).hasSize(before);
    assertThat(alive).hasSizeGreaterThan(before);
  }

  private void createAll(String... names) {
    for (var name : names) {
      bench.write(bench.writes().create(name, "x"));
      bench.storeAndTell(bench.storing());
    }
  }

  /// A selector's watch shows it once more to those whom the object leaves.
  @Test
  void changeThatASelectorNoticesCarriesWhatWasBefore() {
    var items = new ArrayList<StreamItem>();
    bench.tell(new PartitionMessage.Follow(1, 1, 9, streamed -> items.add(streamed.item())));
    var writes = bench.writes();
    for (var write :
        List.of(writes.create("a", "x"), writes.update("a", "y"), ofAnotherKind("a", "z"))) {
      bench.write(write);
      bench.storeAndTell(bench.storing());
    }

    assertThat(
            items.stream()
                .filter(StreamItem.Item.class::isInstance)
                .map(item -> before((StreamItem.Item) item)))
        .containsExactly("nothing", "nothing", "y");
  }

  private WriteRequest ofAnotherKind(String name, String value) {
    var object = JsonNodeFactory.instance.objectNode();
    object.putObject("data").put("value", value).put("kind", "another");
    return bench.writes().request(name, new Mutation.Update(object));
  }

  private static String before(StreamItem.Item item) {
    var previous = item.change().previous();
    byte[] json =
        previous == null || previous.content() == null ? null : previous.content().bytes();
    return json == null ? "nothing" : Writes.value(json);
  }

  @Test
  void forgottenTombstoneIsCountedOnFrom() {
    bench.write(bench.writes().create("a", "x"));
    bench.storeAndTell(bench.storing());
    bench.write(bench.writes().delete("a"));
    bench.storeAndTell(bench.storing());
    bench.now += Duration.ofHours(2).toMillis();
    bench.tell(new PartitionMessage.Tick());

    bench.write(bench.writes().create("a", "y"));

    assertThat(bench.storing().persist().event().sequence()).isEqualTo(3);
  }

  @Test
  void onlyTheYoungestTombstonesAreKept() {
    for (var name : List.of("a", "b", "c")) {
      bench.write(bench.writes().create(name, "x"));
      bench.storeAndTell(bench.storing());
      bench.write(bench.writes().delete(name));
      bench.storeAndTell(bench.storing());
    }
    bench.tell(new PartitionMessage.Tick());

    var remembered = new ArrayList<String>();
    newest().index().tombstones().forEachRemaining(entry -> remembered.add(entry.name()));
    assertThat(remembered).containsExactly("b", "c");
  }

  private Root newest() {
    var root = bench.roots.newest();
    assertThat(root).isNotNull();
    return java.util.Objects.requireNonNull(root);
  }

  private long onlyChild() {
    assertThat(bench.awake).hasSize(1);
    return bench.awake.keySet().iterator().next();
  }

  private static void assertWritten(List<WriteReply> replies, long version) {
    assertThat(replies).hasSize(1);
    assertThat(replies.getFirst())
        .isInstanceOfSatisfying(
            WriteReply.Written.class, written -> assertThat(written.version()).isEqualTo(version));
  }

  private static int refusedWith(List<WriteReply> replies) {
    assertThat(replies).hasOnlyElementsOfType(WriteReply.Refused.class).hasSize(1);
    return ((WriteReply.Refused) replies.getFirst()).refusal().code();
  }
}
