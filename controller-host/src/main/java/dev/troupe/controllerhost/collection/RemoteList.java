package dev.troupe.controllerhost.collection;

import dev.troupe.controllerhost.connection.ApiConnection;
import dev.troupe.controllerhost.connection.RemoteAnswer;
import dev.troupe.controllerhost.connection.RemoteCall;
import dev.troupe.controllerhost.request.ApiPaths;
import dev.troupe.controllerhost.request.StatusReader;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.reading.Chunk;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.resource.StoredResource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.ObjectNode;

/// A list of an API server, page by page. All pages show the state of the first.
final class RemoteList implements ListCursor {

  private static final int PAGE = 500;

  private record Page(List<StoredResource> items, String next, long version, long more) {}

  private final RemoteCollection collection;
  private final ApiConnection connection;
  private final Page first;
  private boolean begun;
  private String next;

  private RemoteList(RemoteCollection collection, ApiConnection connection, Page first) {
    this.collection = collection;
    this.connection = connection;
    this.first = first;
    this.next = first.next;
  }

  /// Everything that there is now.
  ///
  /// @return fails with [UnavailableException]; says why
  static CompletionStage<ListCursor> of(RemoteCollection collection, ApiConnection connection) {
    return page(collection, connection, "")
        .thenApply(first -> new RemoteList(collection, connection, first));
  }

  private static CompletionStage<Page> page(
      RemoteCollection collection, ApiConnection connection, String from) {
    var path =
        collection.path()
            + "?limit="
            + PAGE
            + (from.isEmpty() ? "" : "&continue=" + ApiPaths.query(from));
    return connection.send(RemoteCall.get(path)).thenApply(answer -> read(collection, answer));
  }

  private static Page read(RemoteCollection collection, RemoteAnswer answer) {
    if (!answer.isGood()) {
      throw new UnavailableException(StatusReader.refusal(answer).message());
    }
    var list = ControllerJson.object(answer.body());
    var items = new ArrayList<StoredResource>();
    for (var item : list.path("items")) {
      items.add(collection.listed((ObjectNode) item));
    }
    var metadata = list.path("metadata");
    return new Page(
        items,
        metadata.path("continue").asString(""),
        RemoteVersions.of(list),
        metadata.path("remainingItemCount").asLong(0));
  }

  @Override
  public long version() {
    return first.version;
  }

  @Override
  public long count() {
    return first.items.size() + first.more;
  }

  @Override
  public long weight() {
    return first.items.stream().mapToLong(StoredResource::size).sum();
  }

  @Override
  public CompletionStage<Chunk> next() {
    if (!begun) {
      begun = true;
      return CompletableFuture.completedStage(chunk(first));
    }
    return page(collection, connection, next)
        .thenApply(page -> {
          next = page.next;
          return chunk(page);
        });
  }

  private static Chunk chunk(Page page) {
    return new Chunk(page.items.iterator(), page.next.isEmpty());
  }

  @Override
  public void close() {
    // the server forgets by itself
  }
}
