package dev.troupe.apiserver.journal;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.encoding.Encoding;
import dev.troupe.apiserver.request.ApiRequest;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Representation.Offer;
import dev.troupe.apiserver.request.UrlQuery;
import dev.troupe.runtime.journal.Agendas;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// `/troupe/timers` and `/troupe/quarantine`: what controllers will do by themselves, and what they
/// try again and again. Objects are chosen by `controller`, `resource` (a plural, with its group
/// behind a dot), `namespace` and `name`; the first `limit` are told.
public final class AgendaAnswer {

  private static final String TIMERS = "/troupe/timers";
  private static final String QUARANTINE = "/troupe/quarantine";

  public static final List<String> PATHS = List.of(QUARANTINE, TIMERS);

  private static final int USUAL = 100;

  private final Agendas agendas;

  public AgendaAnswer(Agendas agendas) {
    this.agendas = agendas;
  }

  public static boolean serves(String path) {
    return PATHS.contains(path);
  }

  /// @throws dev.troupe.apiserver.status.RefusedException with 400 if the limit is none
  public CompletionStage<Answer> answer(ApiRequest request) {
    var query = request.query();
    int limit = JournalHandler.limit(query, USUAL);
    var representation = Representation.of(request, Offer.DOCUMENT);
    var asked = new Agendas.Asked(query.text("controller"), objects(query));
    CompletionStage<ObjectNode> told =
        request.path().plain().equals(TIMERS)
            ? agendas.timers(asked, limit).thenApply(JournalDocuments::timers)
            : agendas.failing(asked, limit).thenApply(JournalDocuments::failing);
    return told.thenApply(document ->
        new Answer.Document(
            200, representation.contentType(), Encoding.encode(document, representation)));
  }

  private static Predicate<ResourceKey> objects(UrlQuery query) {
    var resource = query.text("resource");
    var type = resource.isEmpty() ? null : TypeRef.parse(resource);
    return key ->
        (type == null || type.equals(key.type()))
            && isOrAny(query.text("namespace"), key.namespace())
            && isOrAny(query.text("name"), key.name());
  }

  private static boolean isOrAny(String wanted, String is) {
    return wanted.isEmpty() || wanted.equals(is);
  }
}
