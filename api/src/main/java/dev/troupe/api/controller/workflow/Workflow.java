package dev.troupe.api.controller.workflow;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/// Objects that depend on each other, in stages: what is in one stage is wanted when everything
/// before it is ready, and stays as it is while that is not so any more. When the reconciled object
/// is deleted they go in reverse, each stage when all after it are gone.
///
/// Data, and immutable; what it comes to is found out from the view alone. The controller has to
/// declare the kinds as owned, and needs a finalizer for the order in which they go: without one
/// the object is gone at once, and what it owns goes in any order.
public final class Workflow {

  private final List<List<Dependent<?>>> stages;

  private Workflow(List<List<Dependent<?>>> stages) {
    this.stages = stages;
  }

  /// What depends on nothing.
  public static Workflow first(Dependent<?>... dependents) {
    return new Workflow(List.of(List.of(dependents)));
  }

  /// What depends on everything so far.
  public Workflow then(Dependent<?>... dependents) {
    var longer = new ArrayList<>(stages);
    longer.add(List.of(dependents));
    return new Workflow(List.copyOf(longer));
  }

  /// What is to be done next for the reconciled object, and what is waited for.
  public Plan plan(HasMetadata object, View view) {
    return object.getMetadata().getDeletionTimestamp() == null ? up(view) : down(view);
  }

  /// Whether everything is ready.
  public boolean isReady(View view) {
    return stages.stream()
        .flatMap(List::stream)
        .allMatch(dependent -> dependent.missing(view).isEmpty());
  }

  private Plan up(View view) {
    var plan = Plan.nothing();
    boolean reached = true;
    for (var stage : stages) {
      boolean ready = reached;
      for (var dependent : stage) {
        plan = reached ? plan.own(dependent.wanted()) : plan.keep(dependent.wanted());
        var missing = reached ? dependent.missing(view) : "";
        if (!missing.isEmpty()) {
          plan = plan.waitFor(dependent.label(), missing);
          ready = false;
        }
      }
      reached = ready;
    }
    return plan;
  }

  private Plan down(View view) {
    for (var stage : stages.reversed()) {
      var plan = Plan.nothing();
      for (var dependent : stage) {
        var seen = dependent.seen(view).orElse(null);
        if (seen == null) {
          continue;
        }
        plan = plan.waitFor(dependent.label(), "it is not gone yet");
        if (seen.getMetadata().getDeletionTimestamp() == null) {
          plan = plan.delete(seen);
        }
      }
      if (!plan.waits().isEmpty()) {
        return plan;
      }
    }
    return Plan.nothing().release();
  }
}
