package dev.troupe.clusterconfig.furnishing;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.definition.LateTypes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// Waits for a while until kinds are served that have just been defined: somebody else looks
/// whether their names are free.
record KindWait(LateTypes late, ResourceRegistry registry) {

  private static final Duration STEP = Duration.ofMillis(20);
  private static final int MOST_STEPS = 250;

  /// Completes when all that can be served are, or it has taken too long.
  CompletionStage<Void> until(List<TypeRef> types) {
    return look(types, MOST_STEPS);
  }

  private CompletionStage<Void> look(List<TypeRef> types, int steps) {
    var missing = types.stream().filter(type -> registry.find(type).isEmpty()).toList();
    if (missing.isEmpty() || steps == 0) {
      return FirstObjects.DONE;
    }
    var learnt =
        missing.stream()
            .map(type -> late.learn(type.group(), type.plural()).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    var later = CompletableFuture.delayedExecutor(STEP.toMillis(), TimeUnit.MILLISECONDS);
    return CompletableFuture.allOf(learnt).thenComposeAsync(_ -> look(missing, steps - 1), later);
  }
}
