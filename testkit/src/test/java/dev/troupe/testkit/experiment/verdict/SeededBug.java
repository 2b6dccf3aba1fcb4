package dev.troupe.testkit.experiment.verdict;

import dev.troupe.testkit.audit.Bug;
import dev.troupe.testkit.audit.Observation.ServerEnded;
import dev.troupe.testkit.audit.Scenario;
import dev.troupe.testkit.experiment.observer.MemberLogLine;
import dev.troupe.testkit.experiment.plan.Invariant;
import dev.troupe.testkit.experiment.witness.Testimony;
import dev.troupe.testkit.experiment.witness.WitnessBug;
import dev.troupe.testkit.experiment.witness.WitnessScene;
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
  HIDE_DELETIONS(Invariant.INFORMERS_AGREE, "listed: null", WitnessBug.HIDE_DELETIONS),
  FORGET_THE_PAST(Invariant.EXPIRY_IS_TOLD, "misses", WitnessBug.FORGET_THE_PAST),
  CHANGE_THE_PAST(Invariant.HISTORY_ADDS_UP, "added up:", WitnessBug.CHANGE_THE_PAST),
  FORGET_FINALIZERS(Invariant.FINALIZERS_HOLD, "DELETED", WitnessBug.FORGET_FINALIZERS),
  COLLECT_EARLY(
      Invariant.OWNERS_GO_FIRST, "is collected while its owner is there", WitnessBug.COLLECT_EARLY),
  COLLECT_NEVER(Invariant.OWNERS_GO_FIRST, "is not collected", WitnessBug.COLLECT_NEVER),
  LEAVE_A_POD_OUT(Invariant.CONTROLLERS_SETTLE, "shop/web", WitnessBug.LEAVE_A_POD_OUT),
  TAKE_A_POD_AWAY(Invariant.CONTROLLERS_SETTLE, "shop/web", WitnessBug.TAKE_A_POD_AWAY),
  MAKE_A_POD_TWICE(Invariant.NOTHING_TWICE, "ADDED shop/web-0-2", WitnessBug.MAKE_A_POD_TWICE),
  MAKE_A_REPLICA_SET_TWICE(
      Invariant.NOTHING_TWICE, "ADDED shop/web-1", WitnessBug.MAKE_A_REPLICA_SET_TWICE),
  NEVER_END_A_THREAD(Invariant.MEMBERS_STAY_SMALL, "threads", true, _ -> told(witnesses(5))),
  TWO_OWNERS(Invariant.ONE_WRITER, "epoch 3", true, seed -> members(seed, 3)),
  GO_BACK_AN_EPOCH(
      Invariant.ONE_WRITER, "after m1 had begun epoch 3", true, seed -> members(seed, 2));

  private final Invariant invariant;
  private final String shown;
  private final boolean certain;

  @SuppressWarnings("ImmutableEnumChecker") // Lambdas without state.
  private final LongFunction<Evidence> world;

  SeededBug(Invariant invariant, String shown, Bug bug) {
    this(invariant, shown, false, seed -> clients(bug, seed));
  }

  SeededBug(Invariant invariant, String shown, WitnessBug bug) {
    this(invariant, shown, true, _ -> told(play(bug)));
  }

  SeededBug(Invariant invariant, String shown, boolean certain, LongFunction<Evidence> world) {
    this.invariant = invariant;
    this.shown = shown;
    this.certain = certain;
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

  /// Whether it is made each time, and not now and then.
  boolean isCertain() {
    return certain;
  }

  /// Of a control plane that keeps its word.
  ///
  /// @param witnesses who look on
  static Evidence honest(long seed, Testimony witnesses) {
    var clients = clients(null, seed);
    return new Evidence(clients.histories(), clients.killed(), members(seed, 4).lines(), witnesses);
  }

  /// Those who look on where nobody errs.
  ///
  /// @param moreThreads that a member has each time
  static Testimony witnesses(long moreThreads) {
    var told = play(null);
    return new Testimony(
        told.collections(),
        told.released(),
        told.pasts(),
        told.settlement(),
        WitnessScene.sizes(moreThreads));
  }

  private static Testimony play(@Nullable WitnessBug bug) {
    try {
      return WitnessScene.play(bug);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Evidence told(Testimony witnesses) {
    return new Evidence(List.of(), List.of(), List.of(), witnesses);
  }

  private static Evidence clients(@Nullable Bug bug, long seed) {
    var history = Scenario.play(bug, seed);
    var killed =
        history.entries().stream()
            .filter(ServerEnded.class::isInstance)
            .map(ended -> ((ServerEnded) ended).time())
            .toList();
    return new Evidence(List.of(history), killed, List.of(), Testimony.NONE);
  }

  /// Three serve the same partition one after the other.
  ///
  /// @param last the epoch of the last of them
  private static Evidence members(long seed, long last) {
    var lines = new ArrayList<MemberLogLine>();
    lines.add(serves("m2", 1_000 + seed, 2));
    lines.add(serves("m1", 2_000 + seed, 3));
    lines.add(serves("m3", 3_000 + seed, last));
    return new Evidence(List.of(), List.of(), lines, Testimony.NONE);
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
