package dev.troupe.persistence.embedded.index;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.persistence.format.LogEntry.Pruned;
import dev.troupe.persistence.format.LogEntry.Removed;
import dev.troupe.runtime.store.EventStore.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// Which events a rule removes, found resource by resource.
///
/// An event may go when its successor is old too, so that the state at every version above the
/// horizon stays known; all of a resource may go when it has been deleted for long enough.
final class RemovableEvents {

  private final TypeRef collection;
  private final long oldMillis;
  private final long forgottenMillis;
  private final int perResource;
  private final LongStream.Builder versions = LongStream.builder();
  private long horizon;

  RemovableEvents(Pruned rule) {
    collection = rule.collection();
    oldMillis = rule.nowMillis() - rule.ageMillis();
    forgottenMillis = Math.min(oldMillis, rule.nowMillis() - Rule.TOMBSTONE.toMillis());
    perResource = rule.perResource();
  }

  /// Whether the rule can say anything of an event, or of those behind it.
  boolean isOld(long version) {
    return Version.millis(version) < oldMillis;
  }

  /// Looks at all events of a resource.
  ///
  /// @param chain ascending, not empty
  /// @param deleted whether the last is a tombstone
  void visit(List<Long> chain, boolean deleted) {
    long last = chain.getLast();
    if (deleted && Version.millis(last) < forgottenMillis) {
      chain.forEach(versions::add);
      horizon = Math.max(horizon, last);
      return;
    }
    for (int i = 0; i < chain.size() - perResource && isOld(chain.get(i + 1)); i++) {
      versions.add(chain.get(i));
      horizon = Math.max(horizon, chain.get(i + 1));
    }
  }

  Removed removed() {
    return new Removed(collection, horizon, versions.build().sorted().toArray());
  }

  /// Collects the events of one resource after the other.
  static final class Chains {

    private final RemovableEvents removable;
    private final List<Long> chain = new ArrayList<>();
    private byte[] owner = {};
    private boolean deleted;

    Chains(RemovableEvents removable) {
      this.removable = removable;
    }

    /// @param eventKey see [IndexKeys], in ascending order
    void add(byte[] eventKey, boolean isTombstone) {
      var owned = IndexKeys.owner(eventKey);
      if (!java.util.Arrays.equals(owner, owned)) {
        end();
        owner = owned;
      }
      chain.add(IndexKeys.version(eventKey));
      deleted = isTombstone;
    }

    void end() {
      if (!chain.isEmpty()) {
        removable.visit(chain, deleted);
        chain.clear();
      }
    }
  }
}
