package dev.troupe.clusterconfig.furnishing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/// Of a member among others. All see to the same, and whoever comes later finds it as it is to be.
///
/// @param nodes the worker nodes as they register themselves, unless they have
/// @param upgrade brings the store to what all members know; may take its time
/// @param aside where it may
public record CommonUpkeep(
    FirstObjects objects,
    ApiEndpoints endpoints,
    List<ObjectNode> nodes,
    Runnable upgrade,
    Executor aside)
    implements Upkeep {

  /// Each member may serve on a port of its own, which its slice tells.
  private static final int PORT = 6443;

  private static final Duration FAREWELL = Duration.ofSeconds(3);

  public CommonUpkeep {
    nodes = List.copyOf(nodes);
  }

  @Override
  public CompletionStage<Void> begin() {
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
