package dev.troupe.runtime.collection.logic;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.Version;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.index.Index;
import dev.troupe.runtime.collection.protocol.PartitionEffect;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.waiting.Closings;
import dev.troupe.runtime.resource.logic.Draft;
import dev.troupe.runtime.resource.logic.ResourceEffect;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.version.VersionClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One epoch of a partition: releases what its children store in the order of versions: to the
/// index, to those who follow, to the writer.
///
/// - The index holds exactly the acknowledged writes.
/// - A version in flight ends by being released, or refused by the store; should that become
///   impossible, the epoch ends.
final class PartitionEpoch {

  /// A store that takes longer counts as failed, with an unknown outcome.
  private static final Duration STORING_AT_MOST = Duration.ofSeconds(10);

  private final long number;
  private final Lasting lasting;
  private final Retries retries;
  private final VersionClock<Draft> clock;
  private final Keepings keepings;
  private final Unreleased unreleased = new Unreleased();
  private final Releases releases;

  private long ignoredReported;

  PartitionEpoch(
      EventStore.Opened opened, Index index, Lasting lasting, Retries retries, InstantSource time) {
    long ceiling = Keepings.Keeping.Ceiling.of(opened);
    long known = Math.max(ceiling, opened.highestVersion());
    this.number = opened.epoch();
    this.lasting = lasting;
    this.retries = retries;
    this.releases = new Releases(number, index, known, lasting);
    this.clock = new VersionClock<>(lasting.id().number(), known, ceiling, time);
    this.keepings = new Keepings(opened, lasting.effects());
  }

  long number() {
    return number;
  }

  /// Whether it can be read and written. A partition of which nothing has ever been stored or
  /// promised begins when its first ceiling is stored.
  boolean hasBegun() {
    return releases.hasBegun();
  }

  void start(long now) {
    if (hasBegun()) {
      begin(now);
    } else {
      raiseCeiling();
    }
  }

  private void begin(long now) {
    releases.publish(now);
    lasting.noteService(number);
    lasting.effects().add(new PartitionEffect.Begin(number, clock));
    releases.start();
    lasting.closings().unstored().forEach(this::store);
    lasting.orders().decideAll();
    answerReaders(now);
  }

  // Release

  void decided(ResourceEffect.Answer answer) {
    if (answer.decidedOn() <= releases.version()) {
      lasting.orders().answer(answer.order(), answer.reply());
    } else {
      unreleased.add(answer);
    }
  }

  void stored(PartitionMessage.Stored event, long now) {
    unreleased.add(event);
    releaseAll(now);
  }

  void refused(long version, EventStore.Outcome why, long now) {
    long order = clock.withdraw(version).order();
    lasting.orders().refuseAndEnd(order, refusal(why));
    releaseAll(now);
  }

  private static Refusal refusal(EventStore.Outcome why) {
    return why == EventStore.Outcome.NO_ROOM
        ? Refusal.noRoom("the write was not stored: the event store has no room")
        : Refusal.tooManyRequests("the write was not stored: the event store is overloaded", 1);
  }

  private void releaseAll(long now) {
    var next = unreleased.take(clock.lowestInFlight());
    while (next != null) {
      release(next, now);
      next = unreleased.take(clock.lowestInFlight());
    }
    answerReaders(now);
  }

  private void release(PartitionMessage.Stored next, long now) {
    var event = next.event();
    long version = event.version();
    var draft = clock.release(version);
    releases.add(next, now);
    retries.reset();
    lasting.orders().answer(draft.order(), draft.reply(version, event.body()));
    if (unreleased.hasAnswers()) {
      unreleased
          .answers(version)
          .forEach(answer -> lasting.orders().answer(answer.order(), answer.reply()));
    }
  }

  /// A child is gone. If it had a version in flight, nobody will resolve that any more.
  ///
  /// @return why the epoch must end; empty if it goes on
  Optional<String> terminated(long child) {
    return lasting.orders().lost(child).flatMap(key -> terminated(child, key));
  }

  private Optional<String> terminated(long child, ResourceKey key) {
    if (clock.isInFlight(draft -> draft.key().equals(key))) {
      return Optional.of("the actor of " + key + " failed with a version in flight");
    }
    lasting.orders().decideAgain(child, key);
    return Optional.empty();
  }

  /// Takes no more versions. What has been released can be read on, until the next epoch knows
  /// better or the partition is gone.
  ///
  /// @return what is in flight
  List<Lost> end() {
    var lost =
        clock.close().stream()
            .map(flight -> new Lost(number, flight.version(), flight.ticket()))
            .toList();
    lasting.roots().freeze();
    lasting.orders().allLost();
    lasting.effects().add(new PartitionEffect.End(number));
    return lost;
  }

  /// Streams to a follower from here on; if the epoch has not begun it will when it does.
  void startFollower(long follower) {
    releases.start(follower);
  }

  // Promises

  /// Answers readers as far as it can be done now.
  void answerReaders(long now) {
    var readers = lasting.readers();
    while (hasBegun() && !readers.isEmpty()) {
      long wanted = readers.lowest();
      if (wanted > releases.version() && !settle(wanted, now)) {
        return;
      }
      var newest = lasting.roots().newest();
      if (wanted > releases.version() || newest == null) {
        readers.denyLowest();
      } else {
        readers.give(newest);
      }
    }
  }

  /// Tries to make everything up to `version` known.
  ///
  /// @return whether nothing is to be waited for
  private boolean settle(long version, long now) {
    if (!clock.mayPromise(version)) {
      return true;
    }
    if (clock.promise(version) < version) {
      raiseCeiling();
      return false;
    }
    if (clock.lowestInFlight() <= version) {
      return false;
    }
    releases.reach(version);
    releases.publish(now);
    releases.beat();
    return true;
  }

  private void raiseCeiling() {
    keepings.raiseCeiling(clock::nextCeiling);
  }

  private void raised(long ceiling, long now) {
    clock.raise(ceiling);
    if (hasBegun()) {
      answerReaders(now);
    } else {
      releases.reach(clock.promise(Version.atMillis(now)));
      begin(now);
    }
  }

  // Facts

  /// Stores that a namespace is closed; if the epoch has not begun it will be done then.
  void close(Closings.Pending closing) {
    if (hasBegun()) {
      store(closing);
    }
  }

  private void store(Closings.Pending closing) {
    keepings.keep(new Keepings.Keeping.Closing(closing));
  }

  void kept(long keeping, long now) {
    switch (keepings.stored(keeping)) {
      case null -> {}
      case Keepings.Keeping.Ceiling ceiling -> raised(ceiling.version(), now);
      case Keepings.Keeping.Closing(var pending) ->
          lasting.closings().stored(pending, lasting.orders().oldest());
      case Keepings.Keeping.Expiry _ -> {}
    }
  }

  void keepRefused(long keeping) {
    keepings.refused(keeping);
  }

  /// Facts may be stored or not. The epoch goes on without a higher ceiling, if it has one at all:
  /// whoever waits for a promise above it is denied.
  ///
  /// @return why the epoch must end; empty if it goes on
  Optional<String> keepFailed(long keeping, String why) {
    if (!keepings.failed(keeping) || !hasBegun()) {
      return Optional.of("facts could not be stored: " + why);
    }
    lasting.report(number, "the ceiling could not be raised: " + why);
    lasting.readers().denyAbove(clock.ceiling());
    return Optional.empty();
  }

  // Time

  /// @return why the epoch must end; empty if it goes on
  Optional<String> tick(long now) {
    if (isSilent(now)) {
      return Optional.of(
          "the store has not said for "
              + STORING_AT_MOST.toSeconds()
              + " s whether an event is stored");
    }
    keepings.again();
    if (hasBegun()) {
      answerReaders(now);
      releases.beat();
      lasting.orders().tick(now);
      releases.forgetTombstones(now);
      var over = lasting.closings().expire(now);
      if (!over.isEmpty()) {
        keepings.keep(new Keepings.Keeping.Expiry(over));
      }
      reportIgnored();
    } else {
      lasting.orders().refuseLate(Set.of(), now);
    }
    return Optional.empty();
  }

  /// Asked of the time of the decision, as versions may be ahead of it.
  private boolean isSilent(long now) {
    return clock
        .lowestTicket()
        .filter(draft -> draft.timeMillis() < now - STORING_AT_MOST.toMillis())
        .isPresent();
  }

  private void reportIgnored() {
    long ignored = clock.ignored();
    if (ignored > ignoredReported) {
      lasting.report(
          number, (ignored - ignoredReported) + " writers claim to have seen the future");
      ignoredReported = ignored;
    }
  }
}
