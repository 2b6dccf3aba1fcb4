package dev.troupe.runtime.admission;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Some objects stay for ever: the first namespaces.
final class DeletionProtection implements AdmissionStep.OfRequest {

  private static final TypeRef NAMESPACES = TypeRef.core("namespaces");
  private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

  @Override
  public boolean concerns(MutationRequest request) {
    return request.mutation() instanceof Mutation.Delete
        && request.key().type().equals(NAMESPACES)
        && IMMORTAL.contains(request.key().name());
  }

  @Override
  public CompletionStage<Asked> admit(WriteRequest request) {
    var key = request.mutation().key();
    return CompletableFuture.completedFuture(
        new Asked.Refused(Refusal.forbidden(key, "this namespace may not be deleted", List.of())));
  }
}
