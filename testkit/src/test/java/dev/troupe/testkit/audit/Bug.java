package dev.troupe.testkit.audit;

import dev.troupe.testkit.audit.Violation.Promise;
import java.util.Set;

/// What a server can do wrong, and by which promise it has to be found.
public enum Bug {
  /// A former owner of the partition goes on writing after a new one began.
  SKIP_THE_FENCE(Promise.LINEARIZABLE, Promise.VERSIONS, Promise.LISTS, Promise.WATCH_COMPLETE),
  /// A crash loses what was acknowledged last.
  ACKNOWLEDGE_BEFORE_SYNC(Promise.LINEARIZABLE, Promise.WATCH_COMPLETE, Promise.VERSIONS),
  DROP_AN_EVENT(Promise.WATCH_COMPLETE),
  DELIVER_TWICE(Promise.WATCH_ONCE),
  SWAP_EVENTS(Promise.WATCH_ORDER),
  REUSE_A_VERSION(Promise.VERSIONS),
  /// After a restart the clock begins where it was some time ago.
  GO_BACK_AFTER_A_CRASH(
      Promise.VERSIONS,
      Promise.LISTS,
      Promise.FRESH_LISTS,
      Promise.WATCH_ORDER,
      Promise.WATCH_ONCE,
      Promise.BOOKMARKS),
  /// A bookmark above events that are still to be delivered.
  PROMISE_TOO_MUCH(Promise.BOOKMARKS),
  STALE_READ(Promise.LINEARIZABLE),
  STALE_LIST(Promise.LISTS, Promise.FRESH_LISTS, Promise.VERSIONS, Promise.LINEARIZABLE),
  /// Two writers that demand the same version both win.
  LOSE_AN_UPDATE(Promise.LINEARIZABLE),
  CALL_IT_WRONG(Promise.WATCH_TRUE),
  /// A watch that is resumed begins one event too late.
  SKIP_ONE_ON_RESUME(Promise.WATCH_COMPLETE, Promise.LISTS, Promise.WATCH_TRUE),
  WRITE_WHAT_WAS_REFUSED(Promise.LINEARIZABLE, Promise.WATCH_TRUE),
  RESURRECT(Promise.LINEARIZABLE, Promise.WATCH_TRUE, Promise.VERSIONS),
  /// What was asked of a server that ended is done by the next one, some time later.
  DO_IT_LATER(Promise.LINEARIZABLE),
  /// A list that lacks an object.
  FORGET_IN_A_LIST(Promise.LISTS, Promise.LINEARIZABLE);

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is.
  private final Set<Promise> promises;

  Bug(Promise... promises) {
    this.promises = Set.of(promises);
  }

  /// Whether it may be found by this promise.
  boolean breaks(Promise promise) {
    return promises.contains(promise);
  }
}
