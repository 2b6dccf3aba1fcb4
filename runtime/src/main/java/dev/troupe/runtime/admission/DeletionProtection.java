package dev.troupe.runtime.admission;

import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.List;
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
    return request.mutation() instanceof Mutation.Delete
        && registry
            .find(request.key().type())
            .filter(type -> type.kind().isImmortal(request.key().name()))
            .isPresent();
  }

  @Override
  public CompletionStage<Asked> admit(WriteRequest request) {
    var key = request.mutation().key();
    return CompletableFuture.completedFuture(
        new Asked.Refused(Refusal.forbidden(key, "this namespace may not be deleted", List.of())));
  }
}
