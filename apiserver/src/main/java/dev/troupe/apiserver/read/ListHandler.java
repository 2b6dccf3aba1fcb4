package dev.troupe.apiserver.read;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.encoding.Encoding;
import dev.troupe.apiserver.encoding.ListMeta;
import dev.troupe.apiserver.options.ListOptions;
import dev.troupe.apiserver.options.ListOptions.VersionMatch;
import dev.troupe.apiserver.options.Selection;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.apiserver.status.StatusDocument;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Snapshot;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Reads a collection: one consistent state, in pages if the client wants them.
public final class ListHandler implements VerbHandler {

  /// Longer lists are written off the event loop.
  private static final int SHORT = 1_000;

  private final SnapshotReader snapshots;
  private final InstantSource clock;

  public ListHandler(SnapshotReader snapshots, InstantSource clock) {
    this.snapshots = snapshots;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var options = ListOptions.parse(ask.request().query(), false);
    var selection = ask.selection(options);
    var representation = ask.representation();
    if (!options.continueToken().isEmpty()) {
      return nextPage(ask, options, selection, representation);
    }
    return ask.call()
        .thenStage(
            snapshot(ask, options),
            state -> page(ask, options, selection, representation, state, null, state.version()));
  }

  private CompletionStage<Snapshot> snapshot(Ask ask, ListOptions options) {
    var type = ask.endpoint().type().ref();
    Long version = options.resourceVersion();
    if (version == null || version == 0) {
      return snapshots.newest(type, ask.namespace());
    }
    boolean exact =
        options.match() == VersionMatch.EXACT
            || (options.match() == VersionMatch.UNSET && options.limit() > 0);
    return exact
        ? snapshots.exactly(type, ask.namespace(), version)
        : snapshots.notOlder(ask.call(), type, ask.namespace(), version);
  }

  private CompletionStage<Answer> nextPage(
      Ask ask, ListOptions options, Selection selection, Representation representation) {
    if (options.resourceVersion() != null && options.resourceVersion() != 0) {
      throw RefusedException.badRequest(
          "specifying resource version is not allowed when using continue");
    }
    var token = ContinueToken.parse(options.continueToken());
    var type = ask.endpoint().type().ref();
    if (token.version() == ContinueToken.LATEST) {
      return ask.call()
          .thenStage(
              snapshots.newest(type, ask.namespace()),
              state ->
                  page(ask, options, selection, representation, state, token, state.version()));
    }
    var answer =
        ask.call()
            .thenStage(
                snapshots.exactly(type, ask.namespace(), token.version()),
                state ->
                    page(ask, options, selection, representation, state, token, token.version()));
    return answer.exceptionally(failure -> expired(failure, token, representation));
  }

  /// The token has expired: the client may go on with another, knowing that the list will not be
  /// consistent.
  private static Answer expired(
      Throwable failure, ContinueToken token, Representation representation) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!(cause instanceof ExpiredException)) {
      throw failure instanceof RuntimeException runtime ? runtime : new CompletionException(cause);
    }
    var refusal =
        Refusal.expired(
            "The provided continue parameter is too old to display a consistent list result. You"
                + " can start a new list without the continue parameter, or use the continue token"
                + " in this response to retrieve the remainder of the results. Continuing with the"
                + " provided token results in an inconsistent list - objects that were created,"
                + " modified, or deleted between the time the first chunk was returned and now"
                + " may show up in the list.");
    String fresh = new ContinueToken(ContinueToken.LATEST, token.after()).text();
    var form = representation.whole();
    return new Answer.Document(
        410, form.contentType(), Encoding.encode(StatusDocument.of(refusal, fresh), form));
  }

  private CompletionStage<Answer> page(
      Ask ask,
      ListOptions options,
      Selection selection,
      Representation representation,
      Snapshot state,
      @Nullable ContinueToken token,
      long version) {
    boolean cached = options.resourceVersion() != null && options.resourceVersion() == 0;
    long limit = cached || options.limit() == 0 ? Long.MAX_VALUE : options.limit();
    var page =
        new PageReader(
            state, ask.namespace(), ask.endpoint().type().namespaced(), selection, limit, version);
    var after = token == null ? null : token.after();
    if (Math.min(limit, state.size()) <= SHORT) {
      return CompletableFuture.completedFuture(write(ask, representation, page.read(after)));
    }
    return ask.call().offLoop(() -> write(ask, representation, page.read(after)));
  }

  private Answer write(Ask ask, Representation representation, PageReader.Page page) {
    var parts =
        ask.form(representation, clock)
            .list(
                page.items(), new ListMeta(page.version(), page.continueToken(), page.remaining()));
    return Answer.ofParts(representation.contentType(), page.weight(), parts);
  }
}
