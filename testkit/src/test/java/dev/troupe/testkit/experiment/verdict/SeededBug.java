package dev.troupe.testkit.experiment.verdict;

import dev.troupe.testkit.audit.Bug;
import dev.troupe.testkit.audit.ClientHistory;
import dev.troupe.testkit.audit.Observation.ServerEnded;
import dev.troupe.testkit.audit.Scenario;
import dev.troupe.testkit.experiment.observer.MemberLogLine;
import dev.troupe.testkit.experiment.plan.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// What a control plane can do wrong: by which invariant it has to be found, and a word of the
/// operations that show it. Each is made where it would be seen: by a server that clients ask, or
/// in what members tell of themselves.
enum SeededBug {
  SKIP_THE_FENCE(Invariant.LINEARIZABLE, "no order of operations explains", Bug.SKIP_THE_FENCE),
  RESURRECT(Invariant.LINEARIZABLE, "no order of operations explains", Bug.RESURRECT),
  DO_IT_LATER(Invariant.LINEARIZABLE, "no order of operations explains", Bug.DO_IT_LATER),
  LOSE_WHAT_WAS_ACKNOWLEDGED(
      Invariant.ACKNOWLEDGED_WRITES_STAY, "-> DONE", Bug.ACKNOWLEDGE_BEFORE_SYNC),
  WRITE_WHAT_WAS_REFUSED(
      Invariant.ACKNOWLEDGED_WRITES_STAY, "-> REFUSED", Bug.WRITE_WHAT_WAS_REFUSED),
  LOSE_WHAT_WAS_READ(
      Invariant.READS_ARE_DURABLE, "before everybody was killed", Bug.ACKNOWLEDGE_BEFORE_SYNC),
  LOSE_AN_UPDATE(Invariant.ONE_WINNER, "UPDATE", Bug.LOSE_AN_UPDATE),
  REUSE_A_VERSION(Invariant.VERSIONS_RISE, "one version for two writes", Bug.REUSE_A_VERSION),
  GO_BACK_AFTER_A_CRASH(Invariant.VERSIONS_RISE, "@", Bug.GO_BACK_AFTER_A_CRASH),
  SHOW_THE_PAST(Invariant.NO_ZOMBIE_READS, "GET", Bug.STALE_READ),
  LIST_THE_PAST(Invariant.LISTS_ARE_FRESH, "was asked for after", Bug.STALE_LIST),
  FORGET_IN_A_LIST(Invariant.LISTS_ARE_EXACT, "the events say", Bug.FORGET_IN_A_LIST),
  SWAP_EVENTS(Invariant.WATCHES_ARE_IN_ORDER, "WatchSaw", Bug.SWAP_EVENTS),
  DELIVER_TWICE(Invariant.WATCHES_REPEAT_NOTHING, "WatchSaw", Bug.DELIVER_TWICE),
  DROP_AN_EVENT(Invariant.WATCHES_MISS_NOTHING, "misses", Bug.DROP_AN_EVENT),
  SKIP_ONE_ON_RESUME(Invariant.WATCHES_MISS_NOTHING, "misses", Bug.SKIP_ONE_ON_RESUME),
  CALL_IT_WRONG(Invariant.WATCHES_ARE_TRUE, "WatchSaw", Bug.CALL_IT_WRONG),
  PROMISE_TOO_MUCH(Invariant.BOOKMARKS_HOLD, "after the bookmark", Bug.PROMISE_TOO_MUCH),
  TWO_OWNERS(Invariant.ONE_WRITER, "epoch 3", seed -> members(seed, 3)),
  GO_BACK_AN_EPOCH(Invariant.ONE_WRITER, "after m1 had begun epoch 3", seed -> members(seed, 2));

  private final Invariant invariant;
  private final String shown;

  @SuppressWarnings("ImmutableEnumChecker") // Lambdas without state.
  private final LongFunction<Evidence> world;

  SeededBug(Invariant invariant, String shown, Bug bug) {
    this(invariant, shown, seed -> clients(bug, seed));
  }

  SeededBug(Invariant invariant, String shown, LongFunction<Evidence> world) {
    this.invariant = invariant;
    this.shown = shown;
    this.world = world;
  }

  Invariant invariant() {
    return invariant;
  }

  /// What there is to read of the operations that show it.
  String shown() {
    return shown;
  }

  Evidence seen(long seed) {
    return world.apply(seed);
  }

  /// Of a control plane that keeps its word.
  static Evidence honest(long seed) {
    var clients = clients(null, seed);
    return new Evidence(clients.history(), clients.killed(), members(seed, 4).lines());
  }

  private static Evidence clients(@Nullable Bug bug, long seed) {
    var history = Scenario.play(bug, seed);
    var killed =
        history.entries().stream()
            .filter(ServerEnded.class::isInstance)
            .map(ended -> ((ServerEnded) ended).time())
            .toList();
    return new Evidence(history, killed, List.of());
  }

  /// Three serve the same partition one after the other.
  ///
  /// @param last the epoch of the last of them
  private static Evidence members(long seed, long last) {
    var lines = new ArrayList<MemberLogLine>();
    lines.add(serves("m2", 1_000 + seed, 2));
    lines.add(serves("m1", 2_000 + seed, 3));
    lines.add(serves("m3", 3_000 + seed, last));
    return new Evidence(new ClientHistory(), List.of(), lines);
  }

  private static MemberLogLine serves(String member, long millis, long epoch) {
    return new MemberLogLine(
        member,
        millis,
        "configmaps#0",
        epoch,
        "configmaps#0 is served here from now on, in epoch " + epoch);
  }
}
