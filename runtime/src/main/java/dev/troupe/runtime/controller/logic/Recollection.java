package dev.troupe.runtime.controller.logic;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Failure;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.RememberingController;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.plan.UnfitPlanException;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.controller.view.SightView;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a controller remembers of one object, as a reconcile sees it, and what it remembers after a
/// plan: that with the plan's events folded into it.
final class Recollection implements SightView.Past {

  /// The memory is written whole with every decision.
  private static final int MOST_BYTES = 64 << 10;

  private final Controller<?> controller;
  private final ResourceKey key;
  private final ObjectState state;

  Recollection(Controller<?> controller, ResourceKey key, ObjectState state) {
    this.controller = controller;
    this.key = key;
    this.state = state;
  }

  static UnfitPlanException ofNobody(String controller, ResourceKey key) {
    return new UnfitPlanException(
        controller,
        key,
        "it remembers an event, and this controller has no memory: make it a"
            + " RememberingController");
  }

  @Override
  public Map<String, Long> timers() {
    return state.timers();
  }

  @Override
  public Optional<String> result(Activity activity) {
    return state.result(activity);
  }

  @Override
  public Optional<Failure.ActivityFailed> failure(Activity activity) {
    return state.failure(activity);
  }

  @Override
  @SuppressWarnings("unchecked") // The class of an object is that of its type.
  public <M> M memory(M initial) {
    var known = state.memory();
    if (known == null) {
      return initial;
    }
    try {
      return ControllerJson.read(known, (Class<M>) initial.getClass());
    } catch (RuntimeException illegible) {
      throw new IllegalStateException(
          "what %s remembers of %s cannot be read as %s; let it be read, or call the components that have changed otherwise: %s"
              .formatted(
                  controller.name(), key, initial.getClass().getName(), illegible.getMessage()),
          illegible);
    }
  }

  /// What is remembered after the plan, as JSON; null for nothing.
  ///
  /// @throws UnfitPlanException if that cannot be remembered
  @Nullable String after(Plan plan) {
    if (plan.memories().isEmpty()) {
      return state.memory();
    }
    if (!(controller instanceof RememberingController<?, ?, ?> remembering)) {
      throw ofNobody(controller.name(), key);
    }
    var json = ControllerJson.write(folded(remembering, plan));
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw unfit(
          "it would remember %d bytes, and may remember %d: remember less, or keep it in an object"
              .formatted(bytes, MOST_BYTES));
    }
    return json;
  }

  @SuppressWarnings("unchecked") // An event of another type is refused where it is folded.
  private <M, E> M folded(RememberingController<?, M, E> remembering, Plan plan) {
    var initial = remembering.initial();
    if (!(initial instanceof Record)) {
      throw unfit("its memory is a " + initial.getClass().getName() + ", and must be a record");
    }
    var memory = memory(initial);
    for (var event : plan.memories()) {
      try {
        memory = remembering.apply(memory, (E) event);
      } catch (ClassCastException wrong) {
        throw unfit(
            "it remembers a %s, which its memory is not made of"
                .formatted(event.getClass().getName()));
      }
      if (memory.getClass() != initial.getClass()) {
        throw unfit(
            "its memory has become a %s, and must stay a %s"
                .formatted(memory.getClass().getName(), initial.getClass().getName()));
      }
    }
    return memory;
  }

  private UnfitPlanException unfit(String why) {
    return new UnfitPlanException(controller.name(), key, why);
  }
}
