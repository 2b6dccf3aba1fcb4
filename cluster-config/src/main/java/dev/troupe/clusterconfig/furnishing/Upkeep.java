package dev.troupe.clusterconfig.furnishing;

import java.util.List;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.ObjectNode;

/// What a member sees to as long as it serves.
public interface Upkeep {

  /// @return completes when all is there that must be there before anybody is served
  CompletionStage<Void> begin();

  /// Puts right what somebody has changed. Called now and then.
  CompletionStage<Void> keep();

  /// Takes away what is only true while the member serves.
  CompletionStage<Void> end();

  /// Of a member that is alone. Nodes register themselves once; everything else that a cluster
  /// begins with it never loses.
  ///
  /// @param port where the API is served
  /// @param nodes the worker nodes as they register themselves
  record Alone(FirstObjects objects, int port, List<ObjectNode> nodes) implements Upkeep {

    public Alone {
      nodes = List.copyOf(nodes);
    }

    @Override
    public CompletionStage<Void> begin() {
      return objects.ensure(port, nodes);
    }

    @Override
    public CompletionStage<Void> keep() {
      return objects.ensure(port, List.of());
    }

    @Override
    public CompletionStage<Void> end() {
      return FirstObjects.DONE;
    }
  }
}
