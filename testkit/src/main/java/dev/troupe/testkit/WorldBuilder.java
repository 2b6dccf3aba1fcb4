package dev.troupe.testkit;

import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.testkit.world.controller.ControllerWorld;
import dev.troupe.testkit.world.controller.HostFlaw;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a [World] is made of.
public final class WorldBuilder {

  private final List<Controller<?>> controllers = new ArrayList<>();
  private final List<CollectionController<?>> collections = new ArrayList<>();
  private ResourceRegistry registry = ResourceRegistry.standard();
  private @Nullable Mutator mutator;
  private long seed = 1;
  private HostFlaw flaw = HostFlaw.NONE;

  WorldBuilder() {}

  public WorldBuilder with(Controller<?> controller) {
    controllers.add(controller);
    return this;
  }

  public WorldBuilder with(CollectionController<?> controller) {
    collections.add(controller);
    return this;
  }

  /// Which types there are. Kinds of one's own need not be told: their classes are enough.
  public WorldBuilder registry(ResourceRegistry other) {
    registry = other;
    return this;
  }

  public WorldBuilder mutator(Mutator other) {
    mutator = other;
    return this;
  }

  /// In which order things happen that may happen at once. The same seed gives the same run.
  public WorldBuilder seed(long other) {
    seed = other;
    return this;
  }

  /// Lets hosts make a mistake that has to be found.
  WorldBuilder flaw(HostFlaw other) {
    flaw = other;
    return this;
  }

  public World start() {
    var rules = mutator == null ? StandardMutator.of(registry) : mutator;
    return new World(
        new ControllerWorld(
            new ControllerWorld.Setup(
                List.copyOf(controllers), List.copyOf(collections), registry, rules, seed, flaw)));
  }
}
