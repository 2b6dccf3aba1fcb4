package dev.troupe.controllers.replicaset;

import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.ObjectTimes;
import dev.troupe.controllers.objects.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Which pods a replica set gives up first: those that cost least to lose.
final class DeletionOrder {

  private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

  private DeletionOrder() {}

  /// The first `count` to go: unscheduled before scheduled, pending before running, not ready
  /// before ready, cheap before dear, crowded before alone, then short before long in service.
  static List<Pod> first(int count, List<Pod> pods, Instant now) {
    Map<String, Long> crowd =
        pods.stream().collect(Collectors.groupingBy(Pods::nodeName, Collectors.counting()));
    return pods.stream()
        .sorted(
            Comparator.comparing((Pod pod) -> !Pods.nodeName(pod).isEmpty())
                .thenComparingInt(DeletionOrder::phaseRank)
                .thenComparing(Pods::isReady)
                .thenComparingInt(DeletionOrder::cost)
                .thenComparingLong(pod -> -crowd.getOrDefault(Pods.nodeName(pod), 0L))
                .thenComparingInt(pod -> magnitude(Pods.readySince(pod), now))
                .thenComparingInt(pod -> -restarts(pod))
                .thenComparingInt(pod -> magnitude(created(pod), now))
                .thenComparing(pod -> pod.getMetadata().getName()))
        .limit(count)
        .toList();
  }

  private static int phaseRank(Pod pod) {
    return switch (Pods.phase(pod)) {
      case "Pending" -> 0;
      case "Unknown" -> 1;
      default -> 2;
    };
  }

  private static int cost(Pod pod) {
    try {
      return Integer.parseInt(Labels.annotationsOf(pod).getOrDefault(DELETION_COST, "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /// Ages count by order of magnitude, so that not always the very newest goes.
  private static int magnitude(Instant since, Instant now) {
    long seconds = Math.max(0, Duration.between(since, now).toSeconds());
    return Long.SIZE - Long.numberOfLeadingZeros(seconds);
  }

  private static Instant created(Pod pod) {
    return ObjectTimes.parse(pod.getMetadata().getCreationTimestamp());
  }

  private static int restarts(Pod pod) {
    var status = pod.getStatus();
    return status == null || status.getContainerStatuses() == null
        ? 0
        : status.getContainerStatuses().stream()
            .mapToInt(c -> c.getRestartCount() == null ? 0 : c.getRestartCount())
            .max()
            .orElse(0);
  }
}
