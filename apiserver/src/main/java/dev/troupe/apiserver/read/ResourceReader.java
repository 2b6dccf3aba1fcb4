package dev.troupe.apiserver.read;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.Call;
import dev.troupe.apiserver.conversion.VersionedResources;
import dev.troupe.apiserver.options.ListOptions;
import dev.troupe.apiserver.options.ListOptions.VersionMatch;
import dev.troupe.apiserver.options.Selection;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Resources.AheadException;
import dev.troupe.runtime.collection.Snapshot.Position;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.resource.StoredResource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Reads objects and collections in the terms of `resourceVersion`.
public final class ResourceReader {

  private final Resources resources;

  public ResourceReader(Resources resources) {
    this.resources = resources;
  }

  /// Of the endpoint of a request.
  public static ResourceReader of(Ask ask, VersionedResources versions) {
    return new ResourceReader(versions.seen(ask.endpoint()));
  }

  /// The newest state of one object.
  public CompletionStage<Optional<StoredResource>> newest(ResourceKey key) {
    return resources.get(key);
  }

  /// A state of one object at or behind `version`.
  public CompletionStage<Optional<StoredResource>> notOlder(ResourceKey key, long version) {
    return reached(resources.get(key, version), version);
  }

  /// One object exactly as of `version`.
  public CompletionStage<Optional<StoredResource>> exactly(ResourceKey key, long version) {
    var namespace = key.namespace().isEmpty() ? null : key.namespace();
    return exactly(ListQuery.of(key.type(), namespace).of(key.name()), version)
        .thenCompose(list -> first(list, key).whenComplete((_, _) -> list.close()));
  }

  /// There may be empty pieces before the one that has it.
  private static CompletionStage<Optional<StoredResource>> first(ListCursor list, ResourceKey key) {
    return list.next()
        .thenCompose(chunk -> {
          while (chunk.items().hasNext()) {
            var item = chunk.items().next();
            if (item.key().equals(key)) {
              return CompletableFuture.completedFuture(Optional.of(item));
            }
          }
          return chunk.last()
              ? CompletableFuture.completedFuture(Optional.empty())
              : first(list, key);
        });
  }

  /// What is to be listed of what is asked for, so far as an index can tell.
  public static ListQuery query(Ask ask, Selection selection) {
    boolean namespaced = ask.endpoint().type().namespaced();
    var namespace = ask.namespace().isEmpty() ? null : ask.namespace();
    var query = ListQuery.of(ask.endpoint().type().ref(), namespace).wanting(selection.wanted());
    var only = selection.onlyName();
    return only != null && (!namespaced || namespace != null) ? query.of(only) : query;
  }

  /// The state that the options of a list name, from where they say.
  ///
  /// @throws RefusedException with 400 if they name both a token and a version
  public CompletionStage<ListCursor> list(Ask ask, ListOptions options, Selection selection) {
    var query = query(ask, selection);
    Long version = options.resourceVersion();
    if (!options.continueToken().isEmpty()) {
      if (version != null && version != 0) {
        throw RefusedException.badRequest(
            "specifying resource version is not allowed when using continue");
      }
      return rest(ask, ContinueToken.parse(options.continueToken()), query);
    }
    if (version == null || version == 0) {
      return newest(query);
    }
    boolean exact =
        options.match() == VersionMatch.EXACT
            || (options.match() == VersionMatch.UNSET && options.limit() > 0);
    return exact ? exactly(query, version) : notOlder(ask.call(), query, version);
  }

  /// A token from a list of one namespace names no namespace, as in Kubernetes.
  private CompletionStage<ListCursor> rest(Ask ask, ContinueToken token, ListQuery query) {
    var rest =
        query.behind(
            ask.namespace().isEmpty()
                ? token.after()
                : new Position(ask.namespace(), token.after().name()));
    return token.version() == ContinueToken.LATEST ? newest(rest) : exactly(rest, token.version());
  }

  /// The newest state.
  public CompletionStage<ListCursor> newest(ListQuery query) {
    return resources.list(query);
  }

  /// Exactly the state at `version`.
  public CompletionStage<ListCursor> exactly(ListQuery query, long version) {
    return reached(resources.list(query.at(version)), version);
  }

  /// A state at or behind `version`; the newest there is, if that is known to be.
  public CompletionStage<ListCursor> notOlder(Call call, ListQuery query, long version) {
    return call.thenStage(
        newest(query),
        newest -> {
          if (newest.version() >= version) {
            return CompletableFuture.completedFuture(newest);
          }
          newest.close();
          return exactly(query, version);
        });
  }

  /// Whoever asks for a version that does not come is told so.
  private static <T> CompletionStage<T> reached(CompletionStage<T> stage, long version) {
    return stage.exceptionally(failure -> {
      if (Failures.cause(failure) instanceof AheadException) {
        throw new RefusedException(Refusals.versionTooLarge(version));
      }
      throw Failures.unchecked(failure);
    });
  }
}
