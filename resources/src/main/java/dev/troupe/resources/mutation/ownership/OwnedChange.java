package dev.troupe.resources.mutation.ownership;

import dev.troupe.resources.ownership.field.FieldSet;
import dev.troupe.resources.ownership.merging.Comparison;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An object before and after a write, as each owner sees the two in its version.
final class OwnedChange {

  private final ObjectNode before;
  private final ObjectNode after;
  private final ObjectVersions versions;
  private final UnaryOperator<FieldSet> ownable;
  private final Map<String, Comparison> comparisons = new HashMap<>();

  /// @param ownable leaves of a set what can be owned by this kind of write
  OwnedChange(
      ObjectNode before,
      ObjectNode after,
      ObjectVersions versions,
      UnaryOperator<FieldSet> ownable) {
    this.before = before;
    this.after = after;
    this.versions = versions;
    this.ownable = ownable;
  }

  /// Null if there is no such version any more, or nobody can say how the object looks there.
  @Nullable Comparison in(String apiVersion) {
    var known = comparisons.get(apiVersion);
    if (known == null) {
      known = compare(apiVersion);
      if (known != null) {
        comparisons.put(apiVersion, known);
      }
    }
    return known;
  }

  private @Nullable Comparison compare(String apiVersion) {
    var shape = versions.shape(apiVersion);
    if (shape == null) {
      return null;
    }
    var from = versions.convert(before, apiVersion);
    var to = versions.convert(after, apiVersion);
    return from == null || to == null ? null : Comparison.of(from, to, shape).of(ownable);
  }

  /// Takes from all others what has changed, and what is gone. Of whom it is not known, because
  /// nobody can say how the object looks in his version, nothing is taken.
  OwnerEntries taken(OwnerEntries from, @Nullable FieldOwner by) {
    return from.map(entry -> {
      if (by != null && entry.owner().isSame(by)) {
        return entry;
      }
      var version = entry.owner().apiVersion();
      var comparison = in(version);
      if (comparison == null) {
        return versions.shape(version) == null
            ? OwnerEntry.of(entry.owner(), null, FieldSet.EMPTY)
            : entry;
      }
      return entry.without(comparison.changed().union(comparison.removed()));
    });
  }

  /// What owners are left with, and the writer has, after an update.
  OwnerEntries owned(OwnerEntries before, FieldOwner writer, String now) {
    var own = in(writer.apiVersion());
    if (own == null || own.isEmpty()) {
      return before;
    }
    var mine = own.changed().difference(NeverOwned.FIELDS);
    var left = taken(before, null);
    return mine.isEmpty() ? left.bounded() : left.with(writer, mine, now).bounded();
  }
}
