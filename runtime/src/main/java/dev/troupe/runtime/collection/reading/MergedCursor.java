package dev.troupe.runtime.collection.reading;

import dev.troupe.runtime.resource.StoredResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A list of several partitions at one version, wherever each of them is: in the order of
/// (namespace, name), as if they were one. Of each there are two pieces here at most.
final class MergedCursor implements ListCursor {

  /// How much a piece has, beside its last item.
  private static final int MOST_BYTES = 128 * 1024;

  private static final int MOST_ITEMS = 1_000;

  private record Head(StoredResource resource, Pull rest) {}

  private static final Comparator<Head> ORDER =
      Comparator.<Head, String>comparing(head -> head.resource().key().namespace())
          .thenComparing(head -> head.resource().key().name());

  private final long version;
  private final long count;
  private final long weight;
  private final List<Pull> parts;
  private final Executor executor;

  /// The next item of each part that has one here.
  private final PriorityQueue<Head> heads = new PriorityQueue<>(ORDER);

  /// Parts of which the next item is not here.
  private final List<Pull> waiting;

  /// @param parts one per partition, all of them at the version
  /// @param executor where it goes on after a piece that had to be waited for
  MergedCursor(ListQuery query, List<ListCursor> parts, Executor executor) {
    this.version = query.version();
    this.count = query.name() == null ? parts.stream().mapToLong(ListCursor::count).sum() : 1;
    this.weight = parts.stream().mapToLong(ListCursor::weight).sum();
    this.parts = parts.stream().map(Pull::new).toList();
    this.waiting = new ArrayList<>(this.parts);
    this.executor = executor;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public long weight() {
    return weight;
  }

  @Override
  public CompletionStage<Chunk> next() {
    var answer = new CompletableFuture<Chunk>();
    next(answer);
    return answer;
  }

  /// What is here is passed on at once, so that nobody waits longer than for the slowest part.
  private void next(CompletableFuture<Chunk> answer) {
    try {
      var items = new ArrayList<StoredResource>();
      var slow = take(items);
      if (items.isEmpty() && slow != null) {
        slow.coming().thenRunAsync(() -> next(answer), executor);
      } else {
        answer.complete(new Chunk(items.iterator(), heads.isEmpty() && waiting.isEmpty()));
      }
    } catch (RuntimeException failure) {
      close();
      answer.completeExceptionally(failure);
    }
  }

  /// @return the part whose next item must be known before anything else can be taken; null if
  ///   enough is here, or nothing follows
  private @Nullable Pull take(List<StoredResource> items) {
    long bytes = 0;
    var slow = look();
    while (slow == null && !heads.isEmpty() && bytes < MOST_BYTES && items.size() < MOST_ITEMS) {
      var head = heads.remove();
      items.add(head.resource());
      bytes += head.resource().size();
      waiting.add(head.rest());
      slow = look();
    }
    return slow;
  }

  /// Looks whether those that were waited for are here.
  private @Nullable Pull look() {
    while (!waiting.isEmpty()) {
      var part = waiting.getLast();
      switch (part.state()) {
        case HERE -> heads.add(new Head(part.next(), part));
        case OVER -> {}
        case COMING -> {
          return part;
        }
      }
      waiting.removeLast();
    }
    return null;
  }

  @Override
  public void close() {
    parts.forEach(Pull::close);
  }
}
