package dev.troupe.runtime.admission;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.subresource.Whole;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.nearby.Nearby;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Objects are created in namespaces that exist and are not on their way out. What may create one
/// carries the uid of its namespace, by which its resource refuses what comes too late.
final class NamespaceLifecycle implements AdmissionStep.OfRequest {

  static final TypeRef NAMESPACES = TypeRef.core("namespaces");

  private final Resources resources;
  private final Nearby nearby;
  private final ResourceRegistry registry;

  NamespaceLifecycle(Resources resources, Nearby nearby, ResourceRegistry registry) {
    this.resources = resources;
    this.nearby = nearby;
    this.registry = registry;
  }

  /// A sender that has seen the namespace says so in the facts.
  @Override
  public boolean concerns(MutationRequest request) {
    return !request.key().namespace().isEmpty()
        && request.facts().namespaceUid() == null
        && request.subresource() instanceof Whole
        && mayCreate(request);
  }

  private boolean mayCreate(MutationRequest request) {
    return switch (request.mutation()) {
      case Mutation.Create _, Mutation.Merge _, Mutation.Apply _ -> true;
      case Mutation.Update _ ->
          registry
              .find(request.key().type())
              .filter(type -> type.lifecycle().createOnUpdate())
              .isPresent();
      case Mutation.Decided(_, var effect) -> effect == Mutation.Effect.CREATED;
      case Mutation.Patch _, Mutation.Delete _ -> false;
    };
  }

  /// What is at hand does for a namespace that is there. Should it be on its way out, or another by
  /// now, the resource refuses the uid; and nobody else says that there is none.
  @Override
  public CompletionStage<Asked> admit(WriteRequest request) {
    return nearby
        .find(namespace(request))
        .filter(namespace -> !isTerminating(namespace))
        .<CompletionStage<Asked>>map(namespace ->
            CompletableFuture.completedFuture(
                new Asked.Believed(
                    within(namespace, request),
                    NamespaceLifecycle::isOfTermination,
                    () -> admitExactly(request))))
        .orElseGet(() -> admitExactly(request));
  }

  private static boolean isOfTermination(WriteReply reply) {
    return reply instanceof WriteReply.Refused(var refusal)
        && refusal.details() != null
        && refusal.details().causes().stream()
            .anyMatch(cause -> cause.type() == CauseType.NAMESPACE_TERMINATING);
  }

  private CompletionStage<Asked> admitExactly(WriteRequest request) {
    return resources
        .get(namespace(request))
        .thenCompose(found ->
            found
                .map(namespace -> admit(request, namespace))
                .orElseGet(() -> refused(Refusal.notFound(namespace(request)))));
  }

  private static ResourceKey namespace(WriteRequest request) {
    return new ResourceKey(NAMESPACES, "", request.mutation().key().namespace());
  }

  private CompletionStage<Asked> admit(WriteRequest request, StoredResource namespace) {
    var key = request.mutation().key();
    var passed = new Asked.Passed(within(namespace, request));
    if (!isTerminating(namespace)) {
      return CompletableFuture.completedFuture(passed);
    }
    return isCreation(request.mutation().mutation())
        ? refused(Refusal.namespaceTerminating(key))
        : resources
            .get(key)
            .thenApply(present ->
                present.isPresent()
                    ? passed
                    : new Asked.Refused(Refusal.namespaceTerminating(key)));
  }

  private static boolean isCreation(Mutation mutation) {
    return mutation instanceof Mutation.Create || mutation instanceof Mutation.Decided;
  }

  private static WriteRequest within(StoredResource namespace, WriteRequest request) {
    return request.with(request.mutation().withNamespaceUid(namespace.uid()));
  }

  private static boolean isTerminating(StoredResource namespace) {
    return "Terminating".equals(namespace.fields().get("status.phase"));
  }

  private static CompletionStage<Asked> refused(Refusal refusal) {
    return CompletableFuture.completedFuture(new Asked.Refused(refusal));
  }
}
