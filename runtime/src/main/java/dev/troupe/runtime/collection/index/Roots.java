package dev.troupe.runtime.collection.index;

import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The published states of a partition: the newest, and those of the last seconds. Written by the
/// partition, read by any thread.
public final class Roots {

  /// For how long a state is kept when another has become the newest: whoever has read it may come
  /// back.
  private static final long KEPT_MILLIS = 5_000;

  /// How many states are kept that nobody has listed. Each holds the nodes of the index that have
  /// changed since.
  private static final int KEPT = 1_024;

  /// How many are kept at all.
  private static final int MOST = 8 * KEPT;

  private final ConcurrentSkipListMap<Long, Root> past = new ConcurrentSkipListMap<>();
  private volatile @Nullable Root newest;
  private int untaken;

  /// The newest state; null if there is none that can be read.
  public @Nullable Root newest() {
    return newest;
  }

  /// The state at exactly `version`; empty if it is not known (any more, or yet).
  public Optional<Root> at(long version) {
    var candidate = past.floorEntry(version);
    return candidate != null && candidate.getValue().isAt(version)
        ? Optional.of(candidate.getValue())
        : Optional.empty();
  }

  /// Publishes the next state.
  public void add(Root root) {
    var former = newest;
    if (former != null && former.version() < root.version()) {
      former.end(root.version(), root.sinceMillis());
    }
    past.put(root.version(), root);
    newest = root;
    untaken++;
    if (untaken > 2 * KEPT) {
      thin();
    }
  }

  /// What comes next is not known for now. The newest can be read on, and is true for its own
  /// version alone.
  public void freeze() {
    var last = newest;
    if (last != null) {
      last.freeze();
    }
  }

  /// Lets nothing be read any more but what is asked for by its version.
  public void withdraw() {
    var former = newest;
    newest = null;
    if (former != null) {
      former.end(former.version() + 1, former.sinceMillis());
    }
  }

  /// Forgets what is too old.
  public void trim(long nowMillis) {
    past.values().removeIf(root -> root.endMillis() < nowMillis - KEPT_MILLIS);
    untaken = past.size();
  }

  /// Forgets the older half of what nobody has listed, or of everything if that is too much. Never
  /// the newest.
  private void thin() {
    int excess = KEPT;
    boolean any = past.size() > MOST;
    for (var oldest = past.values().iterator(); oldest.hasNext() && excess > 0; ) {
      var root = oldest.next();
      if (root != newest && (any || !root.isTaken())) {
        oldest.remove();
        excess--;
      }
    }
    untaken = KEPT;
  }
}
