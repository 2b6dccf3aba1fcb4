package dev.troupe.controllers.scheduling;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Change;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Note;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.NodesAndPods;
import dev.troupe.controllers.objects.ObjectTimes;
import dev.troupe.controllers.objects.ObjectTree;
import dev.troupe.controllers.objects.Pods;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Binds every pod that names no node, and no other scheduler, to the best node that it fits on. A
/// pod that fits on none says why, and is looked at again when room appears.
public final class SchedulingController implements CollectionController<SchedulerState> {

  static final String SCHEDULER = "default-scheduler";

  @Override
  public String name() {
    return SCHEDULER;
  }

  @Override
  public String component() {
    return name();
  }

  @Override
  public List<Class<? extends HasMetadata>> follows() {
    return List.of(Node.class, Pod.class);
  }

  @Override
  public SchedulerState initial() {
    return new SchedulerState();
  }

  @Override
  public SchedulerState apply(SchedulerState state, Change change) {
    state.apply(change);
    return state;
  }

  @Override
  public Collection<ResourceKey> concerns(SchedulerState state, Change change) {
    if (change.key().type().equals(NodesAndPods.NODES)) {
      return state.fitting(change.key().name());
    }
    var pod = change.as(Pod.class);
    if (pod != null && (change.deleted() || Pods.isTerminal(pod))) {
      return state.fitting(Pods.nodeName(pod));
    }
    return state.isNew(change.key()) ? List.of(change.key()) : List.of();
  }

  @Override
  public Plan decide(SchedulerState state, Change latest, Cause cause, Instant now) {
    var key = latest.key();
    state.forgetAssumption(key);
    var waiting = state.waiting(key);
    if (waiting == null) {
      return Plan.nothing();
    }
    var pod = waiting.pod();
    var gates = pod.getSpec().getSchedulingGates();
    if (gates != null && !gates.isEmpty()) {
      return gated(pod, now);
    }
    var demand = waiting.demand();
    var choice = Preference.choose(demand, state.nodes());
    if (choice.isEmpty()) {
      state.markTried(key);
      return unschedulable(pod, Unschedulable.message(demand, state.nodes()), now);
    }
    state.assume(key, demand, choice.get());
    var node = choice.get().name();
    return Plan.nothing()
        .write(new Write.Bind(key, pod.getMetadata().getUid(), node))
        .note(
            new Note(
                false, "Scheduled", "Successfully assigned " + key.path() + " to " + node, pod));
  }

  private static Plan unschedulable(Pod pod, String message, Instant now) {
    var plan = Plan.nothing().waitFor("node", message);
    return isSaid(pod, "Unschedulable", message)
        ? plan
        : plan.write(condition(pod, "Unschedulable", message, now))
            .note(new Note(true, "FailedScheduling", message, pod));
  }

  private static Plan gated(Pod pod, Instant now) {
    var message = "Scheduling is blocked due to non-empty scheduling gates";
    var plan = Plan.nothing().waitFor("scheduling gates", message);
    return isSaid(pod, "SchedulingGated", message)
        ? plan
        : plan.write(condition(pod, "SchedulingGated", message, now));
  }

  private static boolean isSaid(Pod pod, String reason, String message) {
    return Pods.condition(pod, "PodScheduled")
        .filter(c -> reason.equals(c.getReason()) && message.equals(c.getMessage()))
        .isPresent();
  }

  private static Write condition(Pod pod, String reason, String message, Instant now) {
    var condition = new PodCondition();
    condition.setType("PodScheduled");
    condition.setStatus("False");
    condition.setReason(reason);
    condition.setMessage(message);
    condition.setLastTransitionTime(
        Pods.condition(pod, "PodScheduled")
            .filter(c -> "False".equals(c.getStatus()))
            .map(PodCondition::getLastTransitionTime)
            .orElse(ObjectTimes.format(now)));
    var conditions = new ArrayList<PodCondition>();
    if (pod.getStatus() != null && pod.getStatus().getConditions() != null) {
      pod.getStatus().getConditions().stream()
          .filter(c -> !Objects.equals(c.getType(), "PodScheduled"))
          .forEach(conditions::add);
    }
    conditions.add(condition);
    return new Write.Patch(
        Keys.of(pod),
        "status",
        Map.of("status", Map.of("conditions", ObjectTree.list(conditions))),
        pod.getMetadata().getUid(),
        pod.getMetadata().getResourceVersion());
  }
}
