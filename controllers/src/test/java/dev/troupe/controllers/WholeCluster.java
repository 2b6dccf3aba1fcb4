package dev.troupe.controllers;

import dev.troupe.controllers.definition.TakenNames;
import dev.troupe.controllers.garbagecollection.OwnerTypes.OwnerType;
import dev.troupe.controllers.simulation.SimulatedNodes;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.testkit.World;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.List;

/// A world in which all controllers run, with three simulated nodes.
final class WholeCluster {

  private WholeCluster() {}

  static World start(long seed) {
    var controllers = BuiltInControllers.all(settings(ResourceRegistry.standard()));
    var builder = World.builder().seed(seed);
    controllers.ofObjects().forEach(builder::with);
    controllers.ofCollections().forEach(builder::with);
    var world = builder.start();
    for (var name : List.of("default", "kube-node-lease")) {
      world.apply(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build());
    }
    for (int i = 1; i <= 3; i++) {
      world.applyWithStatus(new SimulatedNodes(110).describe(i));
    }
    return world.settle();
  }

  static BuiltInControllers.Settings settings(ResourceRegistry registry) {
    return new BuiltInControllers.Settings(
        "certificate",
        (apiVersion, kind) ->
            registry
                .kind(apiVersion, kind)
                .map(type -> new OwnerType(type.ref(), type.namespaced(), type.kind().isDefined())),
        _ -> TakenNames.NONE);
  }
}
