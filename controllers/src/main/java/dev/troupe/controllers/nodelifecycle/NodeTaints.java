package dev.troupe.controllers.nodelifecycle;

import dev.troupe.controllers.objects.Nodes;
import dev.troupe.controllers.objects.ObjectTimes;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The taints that a node must have by its conditions. Those that people gave it stay.
final class NodeTaints {

  static final String NOT_READY = "node.kubernetes.io/not-ready";
  static final String UNREACHABLE = "node.kubernetes.io/unreachable";

  private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";
  private static final String NO_SCHEDULE = "NoSchedule";
  private static final String NO_EXECUTE = "NoExecute";

  /// What a condition with this status means for those who want to come.
  private record Reservation(String condition, String status, String taint) {}

  private static final List<Reservation> RESERVATIONS =
      List.of(
          new Reservation("Ready", "False", NOT_READY),
          new Reservation("Ready", "Unknown", UNREACHABLE),
          new Reservation("MemoryPressure", "True", "node.kubernetes.io/memory-pressure"),
          new Reservation("DiskPressure", "True", "node.kubernetes.io/disk-pressure"),
          new Reservation("NetworkUnavailable", "True", "node.kubernetes.io/network-unavailable"),
          new Reservation("PIDPressure", "True", "node.kubernetes.io/pid-pressure"));

  private static final Set<String> EXPULSIONS = Set.of(NOT_READY, UNREACHABLE);

  private NodeTaints() {}

  /// All taints of the node as they shall be.
  static List<Taint> wanted(Node node, Disruption disruption, Instant now) {
    var wanted = wanted(node, disruption);
    var taints = new ArrayList<Taint>();
    for (var present : Nodes.taints(node)) {
      if (!isManaged(present) || wanted.stream().anyMatch(taint -> isSame(taint, present))) {
        taints.add(present);
      }
    }
    for (var taint : wanted) {
      if (taints.stream().noneMatch(present -> isSame(taint, present))) {
        taint.setTimeAdded(ObjectTimes.format(now));
        taints.add(taint);
      }
    }
    return taints;
  }

  private static List<Taint> wanted(Node node, Disruption disruption) {
    var wanted = new ArrayList<Taint>();
    for (var reservation : RESERVATIONS) {
      if (Nodes.condition(node, reservation.condition())
          .filter(c -> c.getStatus().equals(reservation.status()))
          .isPresent()) {
        wanted.add(taint(reservation.taint(), NO_SCHEDULE));
      }
    }
    if (node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable())) {
      wanted.add(taint(UNSCHEDULABLE, NO_SCHEDULE));
    }
    if (isExpelling(node, disruption)) {
      wanted.add(
          taint(Nodes.readiness(node).equals("False") ? NOT_READY : UNREACHABLE, NO_EXECUTE));
    }
    return wanted;
  }

  private static boolean isExpelling(Node node, Disruption disruption) {
    var readiness = Nodes.readiness(node);
    return (readiness.equals("False") || readiness.equals("Unknown"))
        && switch (disruption) {
          case NONE -> true;
          case PARTIAL -> Nodes.taints(node).stream().anyMatch(NodeTaints::isExpulsion);
          case TOTAL -> false;
        };
  }

  private static boolean isManaged(Taint taint) {
    return isExpulsion(taint)
        || (NO_SCHEDULE.equals(taint.getEffect())
            && (taint.getKey().equals(UNSCHEDULABLE)
                || RESERVATIONS.stream().anyMatch(r -> r.taint().equals(taint.getKey()))));
  }

  private static boolean isExpulsion(Taint taint) {
    return NO_EXECUTE.equals(taint.getEffect()) && EXPULSIONS.contains(taint.getKey());
  }

  private static boolean isSame(Taint one, Taint other) {
    return one.getKey().equals(other.getKey()) && one.getEffect().equals(other.getEffect());
  }

  private static Taint taint(String key, String effect) {
    var taint = new Taint();
    taint.setKey(key);
    taint.setEffect(effect);
    return taint;
  }
}
