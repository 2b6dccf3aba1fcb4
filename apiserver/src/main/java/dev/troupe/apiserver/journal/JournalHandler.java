package dev.troupe.apiserver.journal;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.encoding.Encoding;
import dev.troupe.apiserver.options.ListOptions;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Representation.Offer;
import dev.troupe.apiserver.request.UrlQuery;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.journal.CauseTrail;
import dev.troupe.runtime.journal.ControllerMemories;
import dev.troupe.runtime.journal.Journal;
import dev.troupe.runtime.journal.ObjectHistory;
import dev.troupe.runtime.journal.TypeShapes;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Most;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Answers a read of one object with what the log tells of it. Whoever may read the object may read
/// that. Objects that have been deleted are told of as long as the log keeps them.
public final class JournalHandler implements VerbHandler {

  private static final String JOURNAL = "journal";
  private static final int USUAL = 20;
  private static final int MOST = 500;

  /// What is read and told at once, of all changes together: objects may have a megabyte.
  private static final long BYTES = 8L << 20;

  private final Journal journal;
  private final CauseTrail trail;
  private final ControllerMemories memories;

  /// @param controllers the names of all
  public JournalHandler(Journal journal, List<String> controllers) {
    this.journal = journal;
    this.memories = new ControllerMemories(journal, controllers);
    this.trail = new CauseTrail(journal);
  }

  /// Whether a read asks for this.
  public static boolean isAskedBy(UrlQuery query) {
    return query.has(JOURNAL);
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var query = ask.request().query();
    var what = query.text(JOURNAL);
    return switch (what) {
      case "history" -> history(ask, limit(query, USUAL));
      case "blame" -> blame(ask);
      case "why" -> why(ask);
      case "cause" -> cause(ask, ListOptions.version(query.text("resourceVersion")));
      default ->
          throw RefusedException.badRequest(
              "journal: \"%s\" is not told; history, blame, cause and why are".formatted(what));
    };
  }

  /// How many are to be told.
  ///
  /// @param usual if nothing is said of it
  static int limit(UrlQuery query, int usual) {
    var asked = query.number("limit");
    if (asked == null) {
      return usual;
    }
    if (asked < 1 || asked > MOST) {
      throw RefusedException.badRequest(
          "limit: %d cannot be told; from 1 to %d can".formatted(asked, MOST));
    }
    return Math.toIntExact(asked);
  }

  private CompletionStage<Answer> history(Ask ask, int limit) {
    var key = ask.key();
    return answer(
        ask,
        journal.history(key, new Most(limit + 1, BYTES)),
        events ->
            JournalDocuments.history(
                key,
                ObjectHistory.of(kept(events, key), limit, TypeShapes.of(ask.endpoint().type()))));
  }

  private CompletionStage<Answer> blame(Ask ask) {
    var key = ask.key();
    var shapes = TypeShapes.of(ask.endpoint().type());
    return answer(
        ask,
        journal.history(key, new Most(MOST, BYTES)),
        events ->
            JournalDocuments.blame(
                key, ObjectHistory.of(kept(events, key), MOST, shapes).origins(shapes)));
  }

  private CompletionStage<Answer> why(Ask ask) {
    var key = ask.key();
    var shapes = TypeShapes.of(ask.endpoint().type());
    return ask.call()
        .thenStage(
            journal.history(key, new Most(MOST, BYTES)),
            events -> {
              var uid = kept(events, key).getFirst().uid();
              return answer(
                  ask,
                  memories.of(key, uid),
                  standings -> {
                    var history = ObjectHistory.of(events, MOST, shapes);
                    return WhyDocument.of(history, history.origins(shapes), standings);
                  });
            });
  }

  private CompletionStage<Answer> cause(Ask ask, @Nullable Long version) {
    var key = ask.key();
    return answer(
        ask,
        trail.of(key, version == null ? Long.MAX_VALUE : version),
        found -> {
          kept(found.steps(), key);
          return JournalDocuments.cause(found);
        });
  }

  private static <T> CompletionStage<Answer> answer(
      Ask ask, CompletionStage<T> told, Function<T, ObjectNode> written) {
    var representation = Representation.of(ask.request(), Offer.DOCUMENT);
    return told.thenCompose(found ->
        ask.call()
            .offLoop(() ->
                new Answer.Document(
                    200,
                    representation.contentType(),
                    Encoding.encode(written.apply(found), representation))));
  }

  private static List<EventRecord> kept(List<EventRecord> events, ResourceKey key) {
    if (events.isEmpty()) {
      throw new RefusedException(Refusal.notFound(key));
    }
    return events;
  }
}
