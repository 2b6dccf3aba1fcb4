package dev.troupe.runtime.admission;

import dev.troupe.resources.kind.Distinction;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.subresource.Whole;
import dev.troupe.runtime.admission.Foreseen.Effect;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.reading.ListQuery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What one object of a type at most may be, no second one becomes: neither new nor by a change. As
/// in Kubernetes, of two that are written at the same time both may.
final class DistinctionStep implements AdmissionStep.OfResult {

  private final Resources resources;
  private final ResourceRegistry registry;

  DistinctionStep(Resources resources, ResourceRegistry registry) {
    this.resources = resources;
    this.registry = registry;
  }

  @Override
  public boolean concerns(MutationRequest request) {
    return distinction(request).isPresent() && request.subresource() instanceof Whole;
  }

  private Optional<Distinction> distinction(MutationRequest request) {
    return registry.find(request.key().type()).flatMap(type -> type.kind().distinction());
  }

  @Override
  public CompletionStage<Verdict> admit(Foreseen foreseen) {
    var key = foreseen.request().mutation().key();
    var distinction = distinction(foreseen.request().mutation()).orElseThrow();
    if (foreseen.effect() == Effect.REMOVED || !distinction.isWanted(foreseen.object())) {
      return CompletableFuture.completedFuture(new Verdict.Passed(Stake.NONE));
    }
    var namespace = key.namespace().isEmpty() ? null : key.namespace();
    return resources
        .list(ListQuery.of(key.type(), namespace))
        .thenCompose(SponsorStep::read)
        .thenApply(others ->
            distinction
                .forbidden(foreseen.object(), others)
                .<Verdict>map(why -> new Verdict.Refused(Refusal.forbidden(key, why, List.of())))
                .orElseGet(() -> new Verdict.Passed(Stake.NONE)));
  }
}
