package dev.troupe.clusterconfig.furnishing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/// Of a member among others. All see to the same, and whoever comes later finds it as it is to be.
///
/// @param nodes the worker nodes as they register themselves, unless they have
/// @param upgrade brings the store to what all members know; may take its time
/// @param aside where it may
/// @param pause before what was not ready at the beginning is tried again
public record CommonUpkeep(
    FirstObjects objects,
    ApiEndpoints endpoints,
    List<ObjectNode> nodes,
    Runnable upgrade,
    Executor aside,
    Duration pause)
    implements Upkeep {

  /// Each member may serve on a port of its own, which its slice tells.
  private static final int PORT = 6443;

  private static final Duration FAREWELL = Duration.ofSeconds(3);

  /// Each waits for some seconds by itself. Partitions move most when members come; a member that
  /// gave up because of that would move them once more.
  private static final int ATTEMPTS = 5;

  public CommonUpkeep {
    nodes = List.copyOf(nodes);
  }

  @Override
  public CompletionStage<Void> begin() {
    return begin(ATTEMPTS);
  }

  private CompletionStage<Void> begin(int attempts) {
    return attempts == 1 ? attempt() : attempt().exceptionallyCompose(_ -> later(attempts - 1));
  }

  private CompletionStage<Void> later(int attempts) {
    var then = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
    return CompletableFuture.supplyAsync(() -> attempts, then).thenCompose(this::begin);
  }

  private CompletionStage<Void> attempt() {
    return objects
        .ensure(PORT, List.of())
        .thenCompose(_ -> objects.register(nodes))
        .thenCompose(_ -> endpoints.publish());
  }

  @Override
  public CompletionStage<Void> keep() {
    return objects
        .ensure(PORT, List.of())
        .thenCompose(_ -> endpoints.publish())
        .thenCompose(_ -> endpoints.dropDead())
        .thenRunAsync(upgrade, aside);
  }

  @Override
  public CompletionStage<Void> end() {
    // Others take away what is left.
    return endpoints
        .withdraw()
        .toCompletableFuture()
        .orTimeout(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(_ -> null);
  }
}
