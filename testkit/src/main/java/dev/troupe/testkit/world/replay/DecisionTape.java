package dev.troupe.testkit.world.replay;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Change;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.settings.ControllerSettings;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.testkit.world.story.PlanText;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A controller of collections, and all that it was told and asked since it began: its decisions
/// follow from that alone.
public final class DecisionTape<S> implements CollectionController<S> {

  /// What is longer is not kept, and so not played again.
  private static final int LONGEST = 200_000;

  private sealed interface Step<S> {
    record Folded<S>(Change change) implements Step<S> {}

    record Concerned<S>(Change change) implements Step<S> {}

    record Decided<S>(Change latest, Cause cause, Instant now, Plan plan) implements Step<S> {}
  }

  private final CollectionController<S> controller;
  private final List<Step<S>> steps = new ArrayList<>();

  /// The controller has thrown where it should have decided: what that has left is not known.
  private boolean torn;

  public DecisionTape(CollectionController<S> controller) {
    this.controller = controller;
  }

  /// Tells and asks the controller all of it again, from the beginning.
  public Optional<DecisionLog.OtherDecision> replay() {
    if (torn || steps.size() >= LONGEST) {
      return Optional.empty();
    }
    var state = controller.initial();
    for (var step : steps) {
      switch (step) {
        case Step.Folded<S>(var change) -> state = folded(state, change);
        case Step.Concerned<S>(var change) -> concerned(state, change);
        case Step.Decided<S> decided -> {
          var again = controller.decide(state, decided.latest, decided.cause, decided.now);
          var differences = PlanText.differences(decided.plan, again);
          if (!differences.isEmpty()) {
            return Optional.of(other(decided, differences));
          }
        }
      }
    }
    return Optional.empty();
  }

  private S folded(S state, Change change) {
    try {
      return controller.apply(state, change);
    } catch (RuntimeException asBefore) {
      return state;
    }
  }

  private void concerned(S state, Change change) {
    try {
      var _ = controller.concerns(state, change);
    } catch (RuntimeException asBefore) {
      // It was told so.
    }
  }

  private DecisionLog.OtherDecision other(Step.Decided<S> decided, List<String> differences) {
    return new DecisionLog.OtherDecision(
        decided.latest.key(),
        "at "
            + decided.now
            + " it decided otherwise when the same changes were folded once more: "
            + String.join(", ", differences));
  }

  private void add(Step<S> step) {
    if (steps.size() < LONGEST) {
      steps.add(step);
    }
  }

  @Override
  public S apply(S state, Change change) {
    add(new Step.Folded<>(change));
    return controller.apply(state, change);
  }

  @Override
  public Collection<ResourceKey> concerns(S state, Change change) {
    add(new Step.Concerned<>(change));
    return controller.concerns(state, change);
  }

  @Override
  public Plan decide(S state, Change latest, Cause cause, Instant now) {
    try {
      var plan = controller.decide(state, latest, cause, now);
      add(new Step.Decided<>(latest, cause, now, plan));
      return plan;
    } catch (RuntimeException thrown) {
      torn = true;
      throw thrown;
    }
  }

  @Override
  public String name() {
    return controller.name();
  }

  @Override
  public String component() {
    return controller.component();
  }

  @Override
  public String fieldManager() {
    return controller.fieldManager();
  }

  @Override
  public ControllerSettings settings() {
    return controller.settings();
  }

  @Override
  public List<Class<? extends HasMetadata>> follows() {
    return controller.follows();
  }

  @Override
  public Set<TypeRef> ignores() {
    return controller.ignores();
  }

  @Override
  public S initial() {
    return controller.initial();
  }
}
