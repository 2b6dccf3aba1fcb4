package dev.troupe.apiserver.conversion;

import dev.troupe.runtime.collection.reading.Chunk;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.resource.StoredResource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A list whose objects are converted, as many at a time as go into one review.
final class ConvertedCursor implements ListCursor {

  private final ListCursor stored;
  private final ConvertedObjects objects;
  private Iterator<StoredResource> items = Collections.emptyIterator();
  private boolean last;

  ConvertedCursor(ListCursor stored, ConvertedObjects objects) {
    this.stored = stored;
    this.objects = objects;
  }

  @Override
  public long version() {
    return stored.version();
  }

  @Override
  public long count() {
    return stored.count();
  }

  @Override
  public long weight() {
    return stored.weight();
  }

  @Override
  public CompletionStage<Chunk> next() {
    return items.hasNext() || last
        ? piece()
        : stored
            .next()
            .thenCompose(chunk -> {
              items = chunk.items();
              last = chunk.last();
              return piece();
            });
  }

  private CompletionStage<Chunk> piece() {
    var some = new ArrayList<StoredResource>();
    long bytes = 0;
    while (items.hasNext() && some.size() < Conversions.MOST && bytes < Conversions.MOST_BYTES) {
      var item = items.next();
      some.add(item);
      bytes += item.size();
    }
    boolean over = last && !items.hasNext();
    return some.isEmpty()
        ? CompletableFuture.completedFuture(new Chunk(Collections.emptyIterator(), over))
        : objects.of(some).thenApply(converted -> new Chunk(converted.iterator(), over));
  }

  @Override
  public void close() {
    stored.close();
  }
}
