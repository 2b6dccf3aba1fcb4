package dev.troupe.apiserver.read;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.conversion.VersionedResources;
import dev.troupe.apiserver.options.ListOptions;
import dev.troupe.apiserver.options.PastMoment;
import dev.troupe.apiserver.options.Selection;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Representation.Format;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.reading.ListCursor;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/// Reads a collection: one consistent state, in pages if the client wants them.
public final class ListHandler implements VerbHandler {

  /// Longer lists are written off the event loop.
  private static final int SHORT = 1_000;

  /// Protobuf begins with its own length, and is written before it is sent. Longer lists are
  /// answered in text, which everybody takes who asks for protobuf and knows what he does.
  private static final long MOST_AT_ONCE = 16L << 20;

  private final VersionedResources versions;
  private final InstantSource clock;

  public ListHandler(VersionedResources versions, InstantSource clock) {
    this.versions = versions;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var query = ask.request().query();
    PastMoment.refuseSince(query);
    var options = ListOptions.parse(query, false).at(PastMoment.version(query));
    var selection = ask.selection(options);
    var representation = ask.representation();
    var page =
        ask.call()
            .thenStage(
                ResourceReader.of(ask, versions).list(ask, options, selection),
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

  private Answer write(Ask ask, Representation asked, PageReader.Page page) {
    var representation = asked;
    if (asked.format() == Format.PROTOBUF && page.weight() > MOST_AT_ONCE) {
      representation = text(ask, page);
    }
    var parts = ask.form(representation, clock).list(page.items(), page.meta());
    return Answer.ofParts(representation.contentType(), page.weight(), parts, page.end());
  }

  private static Representation text(Ask ask, PageReader.Page page) {
    try {
      return ask.text();
    } catch (RefusedException _) {
      page.end().run();
      throw new RefusedException(
          new Refusal(
              StatusReason.NOT_ACCEPTABLE,
              "a list of more than %d MiB is not sent as protobuf: accept application/json as well,"
                      .formatted(MOST_AT_ONCE >> 20)
                  + " or ask for pages by limit",
              null,
              0));
    }
  }
}
