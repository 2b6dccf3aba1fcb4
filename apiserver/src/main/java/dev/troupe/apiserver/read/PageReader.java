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

  /// @param remaining how many items follow; 0 if that is not known
  record Page(List<byte[]> items, long version, String continueToken, long remaining) {}

  Page read(@Nullable Position after) {
    String only = selection.onlyName();
    if (only != null && (!namespaced || !namespace.isEmpty())) {
      return single(only, after);
    }
    var items = new ArrayList<byte[]>();
    var all = state.iterate(namespace.isEmpty() || !namespaced ? null : namespace, start(after));
    StoredResource last = null;
    while (all.hasNext() && items.size() < limit) {
      last = all.next();
      if (selection.matches(last)) {
        items.add(last.json());
      }
    }
    if (last == null || !all.hasNext()) {
      return new Page(items, version, "", 0);
    }
    var token = new ContinueToken(version, new Position(last.key().namespace(), last.key().name()));
    return new Page(items, version, token.text(), selection.everything() ? count(all) : 0);
  }

  private Page single(String name, @Nullable Position after) {
    List<byte[]> items = new ArrayList<>(1);
    if (after == null) {
      state
          .get(namespace, name)
          .filter(selection::matches)
          .ifPresent(found -> items.add(found.json()));
    }
    return new Page(items, version, "", 0);
  }

  /// A token from a list of one namespace names no namespace, as in Kubernetes.
  private @Nullable Position start(@Nullable Position after) {
    return after != null && namespaced && !namespace.isEmpty()
        ? new Position(namespace, after.name())
        : after;
  }

  private static long count(Iterator<?> rest) {
    long count = 0;
    for (; rest.hasNext(); rest.next()) {
      count++;
    }
    return count;
  }
}
