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
import dev.troupe.runtime.collection.Snapshot.Position;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.failure.Failures;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/// Reads a collection: one consistent state, in pages if the client wants them.
public final class ListHandler implements VerbHandler {

  /// Longer lists are written off the event loop.
  private static final int SHORT = 1_000;

  private final ResourceReader resources;
  private final InstantSource clock;

  public ListHandler(ResourceReader resources, InstantSource clock) {
    this.resources = resources;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var options = ListOptions.parse(ask.request().query(), false);
    var selection = ask.selection(options);
    var representation = ask.representation();
    var query = ResourceReader.query(ask, selection);
    if (!options.continueToken().isEmpty()) {
      return nextPage(ask, options, selection, representation, query);
    }
    return ask.call()
        .thenStage(
            list(ask, options, query), list -> page(ask, options, selection, representation, list));
  }

  private CompletionStage<ListCursor> list(Ask ask, ListOptions options, ListQuery query) {
    Long version = options.resourceVersion();
    if (version == null || version == 0) {
      return resources.newest(query);
    }
    boolean exact =
        options.match() == VersionMatch.EXACT
            || (options.match() == VersionMatch.UNSET && options.limit() > 0);
    return exact
        ? resources.exactly(query, version)
        : resources.notOlder(ask.call(), query, version);
  }

  private CompletionStage<Answer> nextPage(
      Ask ask,
      ListOptions options,
      Selection selection,
      Representation representation,
      ListQuery query) {
    if (options.resourceVersion() != null && options.resourceVersion() != 0) {
      throw RefusedException.badRequest(
          "specifying resource version is not allowed when using continue");
    }
    var token = ContinueToken.parse(options.continueToken());
    var rest = query.behind(start(ask, token));
    if (token.version() == ContinueToken.LATEST) {
      return ask.call()
          .thenStage(
              resources.newest(rest), list -> page(ask, options, selection, representation, list));
    }
    return ask.call()
        .thenStage(
            resources.exactly(rest, token.version()),
            list -> page(ask, options, selection, representation, list))
        .exceptionally(failure -> expired(failure, token, representation));
  }

  /// A token from a list of one namespace names no namespace, as in Kubernetes.
  private static Position start(Ask ask, ContinueToken token) {
    return ask.namespace().isEmpty()
        ? token.after()
        : new Position(ask.namespace(), token.after().name());
  }

  /// The token has expired: the client may go on with another, knowing that the list will not be
  /// consistent.
  private static Answer expired(
      Throwable failure, ContinueToken token, Representation representation) {
    if (!(Failures.cause(failure) instanceof ExpiredException)) {
      throw Failures.unchecked(failure);
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
      ListCursor list) {
    boolean cached = options.resourceVersion() != null && options.resourceVersion() == 0;
    long limit = cached || options.limit() == 0 ? Long.MAX_VALUE : options.limit();
    var reader = new PageReader(list, selection, limit, options.continueToken().isEmpty());
    var call = ask.call();
    var page =
        limit <= SHORT || list.count() <= SHORT
            ? reader.read(call.thread())
            : call.offLoop(() -> reader.read(call.workers())).thenCompose(read -> read);
    return page.thenApply(read -> write(ask, representation, read));
  }

  private Answer write(Ask ask, Representation representation, PageReader.Page page) {
    var parts =
        ask.form(representation, clock)
            .list(
                page.items(), new ListMeta(page.version(), page.continueToken(), page.remaining()));
    return Answer.ofParts(representation.contentType(), page.weight(), parts, page.end());
  }
}
