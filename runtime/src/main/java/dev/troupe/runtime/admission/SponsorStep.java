package dev.troupe.runtime.admission;

import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Sponsor;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.subresource.Whole;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.ObjectNode;

/// New objects that need another one are completed by it, or refused without it: pods by their
/// service account.
final class SponsorStep implements AdmissionStep.OfRequest {

  private final Resources resources;
  private final ResourceRegistry registry;

  SponsorStep(Resources resources, ResourceRegistry registry) {
    this.resources = resources;
    this.registry = registry;
  }

  @Override
  public boolean concerns(MutationRequest request) {
    boolean mayCreate =
        request.mutation() instanceof Mutation.Create
            || request.mutation() instanceof Mutation.Merge;
    return mayCreate && request.subresource() instanceof Whole && sponsor(request).isPresent();
  }

  private Optional<Sponsor> sponsor(MutationRequest request) {
    return registry.find(request.key().type()).flatMap(type -> type.kind().sponsor());
  }

  @Override
  public CompletionStage<Asked> admit(WriteRequest request) {
    var mutation = request.mutation();
    var sponsor = sponsor(mutation).orElseThrow();
    return switch (mutation.mutation()) {
      case Mutation.Create(var body) -> complete(request, sponsor, body.deepCopy());
      case Mutation.Merge(var planned) ->
          resources
              .snapshot(mutation.key().type(), mutation.key().namespace())
              .thenCompose(state ->
                  isThere(state, mutation)
                      ? CompletableFuture.completedFuture(new Asked.Passed(request))
                      : complete(request, sponsor, planned.deepCopy()));
      case Mutation.Update _, Mutation.Patch _, Mutation.Delete _ ->
          CompletableFuture.completedFuture(new Asked.Passed(request));
    };
  }

  private static boolean isThere(Snapshot state, MutationRequest request) {
    return state.get(request.key().namespace(), request.key().name()).isPresent();
  }

  private CompletionStage<Asked> complete(
      WriteRequest request, Sponsor sponsor, ObjectNode object) {
    var name = sponsor.of(object);
    var key = request.mutation().key();
    if (name.isEmpty()) {
      return CompletableFuture.completedFuture(new Asked.Passed(request));
    }
    // Whose namespace it is may have been left to the path.
    var metadata = Json.object(object, "metadata");
    if (metadata != null && !metadata.has("namespace")) {
      metadata.put("namespace", key.namespace());
    }
    return resources
        .snapshot(sponsor.type(), key.namespace())
        .thenApply(state -> {
          var found =
              state
                  .get(key.namespace(), name)
                  .map(stored -> JsonDecoder.stored(stored.json()))
                  .orElse(null);
          return sponsor
              .complete(object, found, request.mutation().facts().newUid())
              .<Asked>map(why -> new Asked.Refused(Refusal.forbidden(key, why, List.of())))
              .orElseGet(() -> new Asked.Passed(sent(request, object)));
        });
  }

  private static WriteRequest sent(WriteRequest request, ObjectNode object) {
    var mutation = request.mutation();
    var completed =
        mutation.mutation() instanceof Mutation.Create
            ? new Mutation.Create(object)
            : new Mutation.Merge(object);
    return request.with(mutation.with(mutation.apiVersion(), completed));
  }
}
