package dev.troupe.runtime.collection.index;

import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.Sought;
import dev.troupe.runtime.resource.StoredResource;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The state of a partition at a version: what readers are given. Immutable but for what becomes of
/// it: whether somebody listed it, and which version came next.
public final class Root implements Snapshot {

  private static final long NEWEST = 0;

  private final Index index;
  private final long version;
  private final long sinceMillis;

  private volatile long next = NEWEST;
  private volatile long endMillis = Long.MAX_VALUE;
  private volatile boolean taken;

  /// @param sinceMillis when it became the newest
  public Root(Index index, long version, long sinceMillis) {
    this.index = index;
    this.version = version;
    this.sinceMillis = sinceMillis;
  }

  public Index index() {
    return index;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public int size() {
    return index.size();
  }

  @Override
  public Optional<StoredResource> get(String namespace, String name) {
    var entry = index.get(namespace, name);
    return entry == null ? Optional.empty() : Optional.of(entry.resource());
  }

  @Override
  public Iterator<StoredResource> iterate(@Nullable String namespace, @Nullable Position after) {
    return iterate(namespace, after, null);
  }

  @Override
  public Iterator<StoredResource> iterate(
      @Nullable String namespace, @Nullable Position after, @Nullable Sought wanted) {
    taken = true;
    return new Range(index, namespace, after, wanted);
  }

  @Override
  public int countAfter(@Nullable String namespace, Position after) {
    int there = index.get(after.namespace(), after.name()) == null ? 0 : 1;
    int behind = namespace == null ? 0 : index.countFrom(namespace + '\0', "");
    return index.countFrom(after.namespace(), after.name()) - there - behind;
  }

  @Override
  public long weight(@Nullable String namespace) {
    return namespace == null
        ? index.weightFrom("", "")
        : index.weightFrom(namespace, "") - index.weightFrom(namespace + '\0', "");
  }

  /// Whether it is the state at `wanted`, too.
  boolean isAt(long wanted) {
    return version == wanted || (version < wanted && next != NEWEST && wanted < next);
  }

  /// Ends its time: `successor` is the first version that it does not contain, if that is not known
  /// to be earlier.
  void end(long successor, long nowMillis) {
    if (next == NEWEST) {
      next = successor;
    }
    endMillis = nowMillis;
  }

  /// Nobody knows what the next version is: it is the state at its own alone.
  void freeze() {
    next = version + 1;
  }

  /// When another became the newest; far ahead until then.
  long endMillis() {
    return endMillis;
  }

  long sinceMillis() {
    return sinceMillis;
  }

  /// Whether somebody has listed it, and may come back for the next page.
  boolean isTaken() {
    return taken;
  }

  private static final class Range implements Iterator<StoredResource> {

    private final @Nullable String namespace;
    private final Iterator<Entry> entries;
    private @Nullable StoredResource next;

    private Range(
        Index index,
        @Nullable String namespace,
        @Nullable Position after,
        @Nullable Sought wanted) {
      this.namespace = namespace;
      var first = namespace == null ? "" : namespace;
      boolean inside = after != null && after.namespace().compareTo(first) >= 0;
      this.entries =
          after != null && inside
              ? index.from(after.namespace(), after.name(), wanted)
              : index.from(first, "", wanted);
      advance();
      if (after != null && next != null && isAt(next, after)) {
        advance();
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public StoredResource next() {
      var result = next;
      if (result == null) {
        throw new NoSuchElementException();
      }
      advance();
      return result;
    }

    private void advance() {
      var candidate = entries.hasNext() ? entries.next().resource() : null;
      boolean outside =
          candidate != null && namespace != null && !candidate.key().namespace().equals(namespace);
      next = outside ? null : candidate;
    }

    private static boolean isAt(StoredResource resource, Position position) {
      return resource.key().namespace().equals(position.namespace())
          && resource.key().name().equals(position.name());
    }
  }
}
