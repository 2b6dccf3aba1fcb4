package dev.troupe.runtime.collection.reading;

import dev.troupe.runtime.resource.StoredResource;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A list whose pieces are all here already.
public record ReadyPieces(long version, long count, Iterator<Chunk> pieces) implements ListCursor {

  /// All in one piece.
  public static ReadyPieces one(long version, List<StoredResource> items) {
    return new ReadyPieces(
        version, items.size(), List.of(new Chunk(items.iterator(), true)).iterator());
  }

  @Override
  public long weight() {
    return 0;
  }

  @Override
  public CompletionStage<Chunk> next() {
    return CompletableFuture.completedFuture(pieces.next());
  }

  @Override
  public void close() {}
}
