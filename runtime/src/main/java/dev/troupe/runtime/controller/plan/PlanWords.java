package dev.troupe.runtime.controller.plan;

import dev.troupe.api.controller.Plan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/// A plan in a few words per step, for the journal and for people.
public final class PlanWords {

  private static final int MOST_STEPS = 16;

  private PlanWords() {}

  /// @param writes those of the plan that change something
  public static List<String> of(Plan plan, List<Plan.Write> writes) {
    var words = new ArrayList<String>();
    writes.forEach(write -> words.add(words(write)));
    plan.calls()
        .forEach(call -> words.add("call " + call.getClass().getSimpleName() + "/" + call.id()));
    plan.timers().forEach(timer -> words.add("timer " + timer.name()));
    if (plan.releases()) {
      words.add("release");
    }
    if (words.size() > MOST_STEPS) {
      int more = words.size() - MOST_STEPS;
      words.subList(MOST_STEPS, words.size()).clear();
      words.add(more + " more");
    }
    return words;
  }

  private static String words(Plan.Write write) {
    return switch (write) {
      case Plan.Write.Own(var object) -> "own " + name(object);
      case Plan.Write.Apply(var object) -> "apply " + name(object);
      case Plan.Write.Status _ -> "status";
      case Plan.Write.Patch patch ->
          "patch " + patch.key() + (patch.subresource().isEmpty() ? "" : "/" + patch.subresource());
      case Plan.Write.Delete delete -> "delete " + delete.key();
      case Plan.Write.Bind(var pod, _, var node) -> "bind " + pod.path() + " to " + node;
    };
  }

  private static String name(HasMetadata object) {
    var metadata = object.getMetadata();
    return object.getKind()
        + "/"
        + (metadata.getName() == null ? metadata.getGenerateName() + "…" : metadata.getName());
  }
}
