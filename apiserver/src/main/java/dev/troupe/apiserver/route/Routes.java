package dev.troupe.apiserver.route;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.backup.BackupAnswer;
import dev.troupe.apiserver.call.Call;
import dev.troupe.apiserver.call.Handler;
import dev.troupe.apiserver.encoding.Encoding;
import dev.troupe.apiserver.health.Health;
import dev.troupe.apiserver.health.RequestMetrics;
import dev.troupe.apiserver.health.VersionDocument;
import dev.troupe.apiserver.journal.AgendaAnswer;
import dev.troupe.apiserver.overview.OverviewDocument;
import dev.troupe.apiserver.request.ApiRequest;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Representation.Offer;
import dev.troupe.apiserver.request.Target;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.overview.Overseer;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.JsonNodeFactory;

/// Sends a request to the room that answers it.
public final class Routes implements Handler {

  private final ResourceRegistry registry;
  private final ResourceRoutes resources;
  private final Health health;
  private final RequestMetrics metrics;
  private final VersionDocument version = VersionDocument.ofThisBuild();

  private final DocumentRoutes documents;
  private final Overseer overseer;
  private final BackupAnswer backups;
  private final AgendaAnswer agendas;

  public Routes(
      ResourceRegistry registry,
      ResourceRoutes resources,
      DocumentRoutes documents,
      Health health,
      RequestMetrics metrics,
      Overseer overseer,
      BackupAnswer backups,
      AgendaAnswer agendas) {
    this.registry = registry;
    this.resources = resources;
    this.documents = documents;
    this.health = health;
    this.metrics = metrics;
    this.overseer = overseer;
    this.backups = backups;
    this.agendas = agendas;
  }

  @Override
  public CompletionStage<Answer> handle(Call call) {
    return switch (call.request().target()) {
      case Target.OfResource target -> resources.handle(call, target);
      case Target.OfPath(var action, var path) -> {
        var method = call.request().method();
        if (!method.equals("GET") && !method.equals("HEAD")) {
          throw new RefusedException(refusalOf(call.request(), action, path));
        }
        if (path.equals(OverviewDocument.PATH)) {
          yield overseer
              .overview()
              .thenApply(overview -> OverviewDocument.answer(call.request(), overview));
        }
        if (AgendaAnswer.serves(path)) {
          yield agendas.answer(call.request());
        }
        if (path.equals(BackupAnswer.PATH) && action.equals("get")) {
          yield CompletableFuture.completedFuture(backups.begin());
        }
        yield path.startsWith("/openapi/")
            ? call.offLoop(() -> documents.answer(call.request()))
            : CompletableFuture.completedFuture(document(call.request(), path));
      }
    };
  }

  /// A document that there is can be read and nothing else.
  private Refusal refusalOf(ApiRequest request, String action, String path) {
    if (!path.equals(OverviewDocument.PATH)
        && !path.equals(BackupAnswer.PATH)
        && !AgendaAnswer.serves(path)) {
      document(request, path);
    }
    return Refusals.methodNotAllowed(action, path);
  }

  private Answer document(ApiRequest request, String path) {
    return DocumentRoutes.serves(path) ? documents.answer(request) : facts(request);
  }

  private Answer facts(ApiRequest request) {
    List<String> segments = request.path().segments();
    return switch (request.path().plain()) {
      case "/" -> rootPaths(request);
      case "/metrics" -> metrics.scrape();
      case "/version" -> version.answer(request);
      default -> {
        if (!request.asksForHealth()) {
          throw new RefusedException(Refusals.unknownPath());
        }
        yield health.answer(segments, request.query());
      }
    };
  }

  /// `/`: where there is something to find.
  private Answer rootPaths(ApiRequest request) {
    var paths =
        new TreeSet<>(
            List.of(
                "/api",
                "/apis",
                "/metrics",
                "/openapi/v2",
                "/openapi/v3",
                BackupAnswer.PATH,
                OverviewDocument.PATH,
                "/version"));
    paths.addAll(AgendaAnswer.PATHS);
    paths.addAll(health.paths());
    for (var type : registry.published()) {
      for (var served : type.shown()) {
        paths.add(
            served.group().isEmpty() ? "/api/" + served.version() : "/apis/" + served.apiVersion());
        if (!served.group().isEmpty()) {
          paths.add("/apis/" + served.group());
        }
      }
    }
    var document = JsonNodeFactory.instance.objectNode();
    var list = document.putArray("paths");
    paths.forEach(list::add);
    var representation = Representation.of(request, Offer.DOCUMENT);
    return new Answer.Document(
        200, representation.contentType(), Encoding.encode(document, representation));
  }
}
