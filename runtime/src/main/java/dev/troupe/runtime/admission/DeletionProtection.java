package dev.troupe.runtime.admission;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Some objects stay for ever: the first namespaces.
final class DeletionProtection implements AdmissionStep.OfRequest {

  private final ResourceRegistry registry;

  DeletionProtection(ResourceRegistry registry) {
    this.registry = registry;
  }

  @Override
  public boolean concerns(MutationRequest request) {
    return request.mutation() instanceof Mutation.Delete && why(request.key()).isPresent();
  }

  private Optional<String> why(ResourceKey key) {
    return registry.find(key.type()).flatMap(type -> type.kind().immortality(key.name()));
  }

  @Override
  public CompletionStage<Asked> admit(WriteRequest request) {
    var key = request.mutation().key();
    return CompletableFuture.completedFuture(
        new Asked.Refused(Refusal.forbidden(key, why(key).orElseThrow(), List.of())));
  }
}
