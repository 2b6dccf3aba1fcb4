package dev.troupe.apiserver.watch;

import dev.troupe.api.resource.Version;
import dev.troupe.apiserver.options.Selection;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.JsonEncoder;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.WatchItem.Changed;
import dev.troupe.runtime.collection.WatchItem.Previous;
import dev.troupe.runtime.resource.StoredResource;
import org.jspecify.annotations.Nullable;

/// What a change is to a watcher that sees a part of a collection: an object appears when it begins
/// to match, and is gone when it stops.
///
/// @param namespace empty for all
record EventFilter(String namespace, Selection selection) {

  /// The type of the event that is sent; null if the change is none of the watcher's business.
  WatchItem.@Nullable Type seen(Changed change) {
    StoredResource resource = change.resource();
    if (!namespace.isEmpty() && !namespace.equals(resource.key().namespace())) {
      return null;
    }
    if (selection.everything()) {
      return change.type();
    }
    boolean after = change.type() != WatchItem.Type.DELETED && selection.matches(resource);
    boolean before = change.type() != WatchItem.Type.ADDED && matchedBefore(change);
    if (after) {
      return before ? WatchItem.Type.MODIFIED : WatchItem.Type.ADDED;
    }
    return before ? WatchItem.Type.DELETED : null;
  }

  /// The object that a watcher is shown. One that stops to match is shown as it was, in the version
  /// of the change.
  static byte[] shown(Changed change, WatchItem.Type seen) {
    var previous = change.previous();
    var before =
        seen == WatchItem.Type.DELETED && change.type() == WatchItem.Type.MODIFIED
            ? (previous == null ? null : previous.content())
            : null;
    return before == null ? change.resource().json() : at(change.version(), before.bytes());
  }

  private static byte[] at(long version, byte[] json) {
    var object = JsonDecoder.stored(json);
    object.withObject("/metadata").put("resourceVersion", Version.format(version));
    return JsonEncoder.encode(object);
  }

  private boolean matchedBefore(Changed change) {
    StoredResource resource = change.resource();
    Previous previous = change.previous();
    return previous == null
        ? selection.matches(resource)
        : selection.matches(
            resource.key().namespace(),
            resource.key().name(),
            previous.labels(),
            previous.fields());
  }
}
