package dev.troupe.apiserver.server;

import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.reading.Chunk;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.resource.StoredResource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A list that is cut into pieces of the same size, each of which comes later than it is asked for,
/// on a thread of its own. Notes how many are held, and can break off.
final class CutCursor implements ListCursor {

  private final ListCursor whole;
  private final int size;
  private final int good;
  private final AtomicInteger held = new AtomicInteger();
  final AtomicInteger mostHeld = new AtomicInteger();
  final AtomicInteger given = new AtomicInteger();
  final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Iterator<StoredResource> items;

  CutCursor(ListCursor whole, int size) {
    this(whole, size, Integer.MAX_VALUE);
  }

  /// @param good after so many pieces it breaks off
  CutCursor(ListCursor whole, int size, int good) {
    this.whole = whole;
    this.size = size;
    this.good = good;
  }

  @Override
  public long version() {
    return whole.version();
  }

  @Override
  public long count() {
    return whole.count();
  }

  @Override
  public long weight() {
    return whole.weight();
  }

  @Override
  public CompletionStage<Chunk> next() {
    return CompletableFuture.supplyAsync(this::cut);
  }

  private synchronized Chunk cut() {
    if (given.getAndIncrement() == good) {
      throw new UnavailableException("its member is gone");
    }
    var all = items == null ? whole.next().toCompletableFuture().join().items() : items;
    items = all;
    var piece = new ArrayList<StoredResource>();
    while (piece.size() < size && all.hasNext()) {
      piece.add(all.next());
    }
    mostHeld.accumulateAndGet(held.incrementAndGet(), Math::max);
    return new Chunk(new Taken(piece.iterator()), !all.hasNext());
  }

  @Override
  public void close() {
    closed.countDown();
  }

  /// A piece is held until its last item is taken.
  private final class Taken implements Iterator<StoredResource> {

    private final Iterator<StoredResource> left;

    private Taken(Iterator<StoredResource> left) {
      this.left = left;
    }

    @Override
    public boolean hasNext() {
      return left.hasNext();
    }

    @Override
    public StoredResource next() {
      var item = left.next();
      if (!left.hasNext()) {
        held.decrementAndGet();
      }
      return item;
    }
  }
}
