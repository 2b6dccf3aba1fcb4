package dev.troupe.runtime.collection.reading;

import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.Snapshot.Position;
import dev.troupe.runtime.resource.StoredResource;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A list of a state that is here: one piece, which is walked through while it is taken.
///
/// @param query what of it is listed
public record LocalCursor(Snapshot state, ListQuery query) implements ListCursor {

  @Override
  public long version() {
    return state.version();
  }

  @Override
  public long count() {
    var namespace = query.namespace();
    var after = query.after();
    if (query.name() != null) {
      return 1;
    }
    if (namespace == null) {
      return after == null ? state.size() : state.countAfter(null, after);
    }
    return state.countAfter(namespace, after == null ? new Position(namespace, "") : after);
  }

  @Override
  public long weight() {
    return state.weight(query.namespace());
  }

  @Override
  public CompletionStage<Chunk> next() {
    return CompletableFuture.completedFuture(new Chunk(items(), true));
  }

  /// All of it, to be taken once.
  public Iterator<StoredResource> items() {
    var name = query.name();
    if (name == null) {
      return state.iterate(query.namespace(), query.after(), query.wanted());
    }
    var namespace = query.namespace() == null ? "" : query.namespace();
    return query.after() == null
        ? state.get(namespace, name).stream().iterator()
        : List.<StoredResource>of().iterator();
  }

  @Override
  public void close() {
    // the state goes when nobody holds it
  }
}
