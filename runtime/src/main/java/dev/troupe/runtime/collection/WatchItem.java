package dev.troupe.runtime.collection;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.owners.StoredJson;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a watch delivers.
public sealed interface WatchItem {

  /// After this item nothing at or below this version will come.
  long version();

  /// Nothing happened up to `version`: for bookmarks.
  record Progress(long version) implements WatchItem {}

  /// One change. One instance is shared by all watchers of the member, so that each representation
  /// is encoded once.
  final class Changed implements WatchItem {

    private final Type type;
    private final StoredResource resource;
    private final @Nullable Previous previous;
    private final ConcurrentHashMap<Object, WeakReference<byte[]>> encodings =
        new ConcurrentHashMap<>(2);

    /// @param resource after the change; for a deletion the last content, under the deletion's
    ///   version
    /// @param previous what a selector matched before the change; null for a new resource
    public Changed(Type type, StoredResource resource, @Nullable Previous previous) {
      this.type = type;
      this.resource = resource;
      this.previous = previous;
    }

    /// What a watch shows of an event.
    ///
    /// @param resource what the index keeps of it
    /// @param before the object before the change, if that is known
    public static Changed of(
        EventRecord event, StoredResource resource, @Nullable StoredJson before) {
      return switch (event.type()) {
        case CREATED -> new Changed(Type.ADDED, resource, null);
        case UPDATED -> new Changed(Type.MODIFIED, resource, Previous.of(event, resource, before));
        case DELETED -> new Changed(Type.DELETED, resource, Previous.of(event, resource, null));
      };
    }

    /// The same of a resource as those here are.
    ///
    /// @param own its type, as all others have it
    public Changed of(TypeRef own) {
      return new Changed(type, resource.of(own), previous);
    }

    public Type type() {
      return type;
    }

    public StoredResource resource() {
      return resource;
    }

    public @Nullable Previous previous() {
      return previous;
    }

    @Override
    public long version() {
      return resource.version();
    }

    /// How many bytes of objects it holds on to.
    public int size() {
      var before = previous == null ? null : previous.content();
      return resource.size() + (before == null ? 0 : before.length());
    }

    /// The bytes of a representation, encoded once for all who hold them at the same time. They go
    /// with the last of those, so that recent changes do not cost their encodings, too.
    ///
    /// @param representation a small value that names the encoding (with `equals`)
    public byte[] encoded(Object representation, Function<Changed, byte[]> encoder) {
      var known = encodings.get(representation);
      byte[] bytes = known == null ? null : known.get();
      return bytes == null ? encode(representation, encoder) : bytes;
    }

    private byte[] encode(Object representation, Function<Changed, byte[]> encoder) {
      var bytes = new byte[1][];
      encodings.compute(
          representation,
          (_, known) -> {
            byte[] others = known == null ? null : known.get();
            bytes[0] = others == null ? encoder.apply(this) : others;
            return others == null || known == null ? new WeakReference<>(bytes[0]) : known;
          });
      return bytes[0];
    }

    @Override
    public String toString() {
      return type + " " + resource;
    }
  }

  enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }

  /// What a change has replaced.
  ///
  /// @param content the object, in its version of then; kept only where a selector can tell it from
  ///   what came after, because whom it leaves is shown it once more
  record Previous(
      Map<String, String> labels, Map<String, String> fields, @Nullable StoredJson content) {

    private static Previous of(
        EventRecord event, StoredResource resource, @Nullable StoredJson before) {
      return new Previous(
          event.previousLabels(), event.previousFields(), isTold(event, resource) ? before : null);
    }

    /// Whether a selector can tell an object after an event from the one before.
    public static boolean isTold(EventRecord event, StoredResource resource) {
      return !event.previousLabels().equals(resource.labels())
          || !event.previousFields().equals(resource.fields());
    }
  }
}
