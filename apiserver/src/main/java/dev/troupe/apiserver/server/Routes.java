package dev.troupe.apiserver.server;

import dev.troupe.apiserver.admission.AddressRange;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.authorization.Authorizer;
import dev.troupe.apiserver.health.Health;
import dev.troupe.apiserver.health.RequestMetrics;
import dev.troupe.apiserver.health.VersionDocument;
import dev.troupe.apiserver.request.ApiRequest;
import dev.troupe.apiserver.request.Target;
import dev.troupe.apiserver.rest.Call;
import dev.troupe.apiserver.rest.ResourceRoutes;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Sends a request to the room that answers it.
final class Routes implements Handler {

  private static final Set<String> HEALTH = Set.of("healthz", "livez", "readyz");

  private final ResourceRoutes resources;
  private final Health health;
  private final RequestMetrics metrics;
  private final VersionDocument version = VersionDocument.ofThisBuild();

  private Routes(ResourceRoutes resources, Health health, RequestMetrics metrics) {
    this.resources = resources;
    this.health = health;
    this.metrics = metrics;
  }

  static Routes of(
      ApiServerSettings settings,
      Surroundings around,
      Authorizer authorizer,
      Health health,
      RequestMetrics metrics) {
    var resources =
        new ResourceRoutes(
            around.registry(),
            around.resources(),
            around.mutator(),
            around.logs(),
            authorizer,
            AddressRange.parse(settings.serviceRange()),
            around.clock(),
            around.ids(),
            around.random());
    return new Routes(resources, health, metrics);
  }

  @Override
  public CompletionStage<Answer> handle(Call call) {
    return switch (call.request().target()) {
      case Target.OfResource target -> resources.handle(call, target);
      case Target.OfPath(var action, _) -> {
        if (!action.equals("get") && !action.equals("head")) {
          throw new RefusedException(Refusals.unknownPath());
        }
        yield CompletableFuture.completedFuture(document(call.request()));
      }
    };
  }

  private Answer document(ApiRequest request) {
    List<String> segments = request.path().segments();
    return switch (request.path().plain()) {
      case "/metrics" -> metrics.scrape();
      case "/version" -> version.answer(request);
      default -> {
        if (segments.isEmpty() || !HEALTH.contains(segments.getFirst())) {
          throw new RefusedException(Refusals.unknownPath());
        }
        yield health.answer(segments, request.query());
      }
    };
  }
}
