package dev.troupe.apiserver.read;

import dev.troupe.apiserver.options.Selection;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.Snapshot.Position;
import dev.troupe.runtime.resource.StoredResource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Picks a page out of a state.
///
/// @param namespace empty for all
/// @param version that of the list: tokens for further pages carry it
record PageReader(
    Snapshot state,
    String namespace,
    boolean namespaced,
    Selection selection,
    long limit,
    long version) {

  /// @param items taken from the state when they are asked for, if they are all that it has
  /// @param remaining how many items follow; 0 if that is not known
  /// @param weight the bytes of all items
  record Page(
      Iterator<byte[]> items, long weight, long version, String continueToken, long remaining) {}

  Page read(@Nullable Position after) {
    String only = selection.onlyName();
    if (only != null && (!namespaced || !namespace.isEmpty())) {
      return single(only, after);
    }
    var within = namespace.isEmpty() || !namespaced ? null : namespace;
    boolean everything = selection.everything();
    if (everything && limit == Long.MAX_VALUE && after == null) {
      return new Page(
          new Contents(state.iterate(within, null)), state.weight(within), version, "", 0);
    }
    var items = new ArrayList<byte[]>();
    var all = state.iterate(within, start(after), selection.wanted());
    long weight = 0;
    StoredResource last = null;
    while (all.hasNext() && items.size() < limit) {
      last = all.next();
      if (everything || selection.matches(last)) {
        items.add(last.json());
        weight += last.json().length;
      }
    }
    if (last == null || !all.hasNext()) {
      return page(items, weight);
    }
    var end = new Position(last.key().namespace(), last.key().name());
    long remaining = everything ? state.countAfter(within, end) : 0;
    return new Page(
        items.iterator(), weight, version, new ContinueToken(version, end).text(), remaining);
  }

  private Page single(String name, @Nullable Position after) {
    return after == null
        ? state
            .get(namespace, name)
            .filter(selection::matches)
            .map(found -> page(List.of(found.json()), found.json().length))
            .orElse(page(List.of(), 0))
        : page(List.of(), 0);
  }

  private Page page(List<byte[]> items, long weight) {
    return new Page(items.iterator(), weight, version, "", 0);
  }

  /// What resources contain.
  private record Contents(Iterator<StoredResource> resources) implements Iterator<byte[]> {

    @Override
    public boolean hasNext() {
      return resources.hasNext();
    }

    @Override
    public byte[] next() {
      return resources.next().json();
    }
  }

  /// A token from a list of one namespace names no namespace, as in Kubernetes.
  private @Nullable Position start(@Nullable Position after) {
    return after != null && namespaced && !namespace.isEmpty()
        ? new Position(namespace, after.name())
        : after;
  }
}
