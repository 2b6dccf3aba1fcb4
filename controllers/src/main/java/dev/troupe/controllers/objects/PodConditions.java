package dev.troupe.controllers.objects;

import dev.troupe.api.controller.Plan.Write;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Conditions of a pod as it was seen, and how somebody other than its kubelet sets one.
public final class PodConditions {

  private PodConditions() {}

  /// A condition that begins now, unless the pod has been in it for longer.
  public static PodCondition condition(
      Pod pod,
      String type,
      String status,
      @Nullable String reason,
      @Nullable String message,
      Instant now) {
    var condition = new PodCondition();
    condition.setType(type);
    condition.setStatus(status);
    condition.setReason(reason);
    condition.setMessage(message);
    condition.setObservedGeneration(pod.getMetadata().getGeneration());
    condition.setLastTransitionTime(
        Pods.condition(pod, type)
            .filter(before -> before.getStatus().equals(status))
            .map(PodCondition::getLastTransitionTime)
            .orElse(ObjectTimes.format(now)));
    return condition;
  }

  /// Sets the condition; the others stay.
  public static Write set(Pod pod, PodCondition condition) {
    return set(pod, condition, Map.of());
  }

  /// Sets the condition and, if it is given, the phase.
  public static Write set(Pod pod, @Nullable PodCondition condition, @Nullable String phase) {
    return set(pod, condition, phase == null ? Map.of() : Map.of("phase", phase));
  }

  /// Sets the condition, if it is given, and more of the status.
  public static Write set(
      Pod pod, @Nullable PodCondition condition, Map<String, ? extends @Nullable Object> more) {
    var status = new LinkedHashMap<String, @Nullable Object>(more);
    if (condition != null) {
      status.put("conditions", ObjectTree.list(with(pod, condition)));
    }
    return new Write.Patch(
        Keys.of(pod),
        "status",
        Map.of("status", status),
        pod.getMetadata().getUid(),
        pod.getMetadata().getResourceVersion());
  }

  private static List<PodCondition> with(Pod pod, PodCondition condition) {
    var conditions = new ArrayList<PodCondition>();
    boolean replaced = false;
    if (pod.getStatus() != null && pod.getStatus().getConditions() != null) {
      for (var present : pod.getStatus().getConditions()) {
        boolean same = Objects.equals(present.getType(), condition.getType());
        conditions.add(same ? condition : present);
        replaced |= same;
      }
    }
    if (!replaced) {
      conditions.add(condition);
    }
    return conditions;
  }
}
