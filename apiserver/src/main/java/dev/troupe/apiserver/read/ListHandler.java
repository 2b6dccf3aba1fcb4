package dev.troupe.apiserver.read;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.options.ListOptions;
import dev.troupe.apiserver.options.Selection;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.runtime.collection.reading.ListCursor;
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
    var page =
        ask.call()
            .thenStage(
                resources.list(ask, options, selection),
                list -> page(ask, options, selection, representation, list));
    return ExpiredToken.orAnother(page, options, representation);
  }

  private CompletionStage<Answer> page(
      Ask ask,
      ListOptions options,
      Selection selection,
      Representation representation,
      ListCursor list) {
    long limit = options.pageLimit();
    var reader = new PageReader(list, selection, limit, options.continueToken().isEmpty());
    var call = ask.call();
    var page =
        limit <= SHORT || list.count() <= SHORT
            ? reader.read(call.thread())
            : call.offLoop(() -> reader.read(call.workers())).thenCompose(read -> read);
    return page.thenApply(read -> write(ask, representation, read));
  }

  private Answer write(Ask ask, Representation representation, PageReader.Page page) {
    var parts = ask.form(representation, clock).list(page.items(), page.meta());
    return Answer.ofParts(representation.contentType(), page.weight(), parts, page.end());
  }
}
