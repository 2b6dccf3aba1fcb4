package dev.troupe.runtime.collection.reading;

import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.Sought;
import dev.troupe.runtime.resource.StoredResource;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The state of a collection of several partitions, all at one version.
///
/// @param parts one per partition
record MergedSnapshot(long version, List<? extends Snapshot> parts) implements Snapshot {

  private record Head(StoredResource resource, Iterator<StoredResource> rest) {}

  private static final Comparator<Head> ORDER =
      Comparator.<Head, String>comparing(head -> head.resource().key().namespace())
          .thenComparing(head -> head.resource().key().name());

  @Override
  public int size() {
    return parts.stream().mapToInt(Snapshot::size).sum();
  }

  @Override
  public Optional<StoredResource> get(String namespace, String name) {
    return parts.stream().flatMap(part -> part.get(namespace, name).stream()).findFirst();
  }

  @Override
  public Iterator<StoredResource> iterate(@Nullable String namespace, @Nullable Position after) {
    return iterate(namespace, after, null);
  }

  @Override
  public Iterator<StoredResource> iterate(
      @Nullable String namespace, @Nullable Position after, @Nullable Sought wanted) {
    var heads = new PriorityQueue<>(ORDER);
    parts.forEach(part -> advance(part.iterate(namespace, after, wanted), heads));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !heads.isEmpty();
      }

      @Override
      public StoredResource next() {
        var head = heads.remove();
        advance(head.rest(), heads);
        return head.resource();
      }
    };
  }

  @Override
  public int countAfter(@Nullable String namespace, Position after) {
    return parts.stream().mapToInt(part -> part.countAfter(namespace, after)).sum();
  }

  @Override
  public long weight(@Nullable String namespace) {
    return parts.stream().mapToLong(part -> part.weight(namespace)).sum();
  }

  private static void advance(Iterator<StoredResource> part, PriorityQueue<Head> heads) {
    if (part.hasNext()) {
      heads.add(new Head(part.next(), part));
    }
  }
}
