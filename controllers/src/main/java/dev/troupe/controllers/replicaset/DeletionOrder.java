package dev.troupe.controllers.replicaset;

import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.ObjectTimes;
import dev.troupe.controllers.objects.Pods;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which pods a replica set gives up first: those that cost least to lose.
final class DeletionOrder {

  private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]*|-[0-9]+");
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private DeletionOrder() {}

  /// The first `count` to go: unscheduled before scheduled, pending before running, not ready
  /// before ready, cheap before dear, crowded before alone, then short before long in service.
  ///
  /// @param related the pods that crowd the nodes: those of the set, and of others of its
  ///   deployment
  static List<Pod> first(int count, List<Pod> pods, List<Pod> related, Instant now) {
    Map<String, Long> crowd =
        related.stream()
            .filter(Pods::isActive)
            .collect(Collectors.groupingBy(Pods::nodeName, Collectors.counting()));
    return pods.stream()
        .sorted(
            Comparator.comparing((Pod pod) -> !Pods.nodeName(pod).isEmpty())
                .thenComparingInt(DeletionOrder::phaseRank)
                .thenComparing(Pods::isReady)
                .thenComparingInt(DeletionOrder::cost)
                .thenComparingLong(pod -> -crowd.getOrDefault(Pods.nodeName(pod), 0L))
                .thenComparingInt(pod -> magnitude(Pods.readySince(pod), now))
                .thenComparingInt(pod -> -restarts(pod, false))
                .thenComparingInt(pod -> -restarts(pod, true))
                .thenComparingInt(pod -> magnitude(created(pod), now))
                .thenComparing(pod -> pod.getMetadata().getUid()))
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

  /// As Kubernetes reads it: no sign of plus, no zeros ahead.
  private static int cost(Pod pod) {
    var text = Labels.annotationsOf(pod).getOrDefault(DELETION_COST, "0");
    try {
      return NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /// Ages count by order of magnitude in nanoseconds, so that not always the very newest goes.
  private static int magnitude(Instant since, Instant now) {
    var age = Duration.between(since, now);
    long nanos = age.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : Math.max(0, age.toNanos());
    return Long.SIZE - Long.numberOfLeadingZeros(nanos);
  }

  private static Instant created(Pod pod) {
    return ObjectTimes.parse(pod.getMetadata().getCreationTimestamp());
  }

  /// The most restarts of a container, or of a sidecar.
  private static int restarts(Pod pod, boolean ofSidecars) {
    var status = pod.getStatus();
    if (status == null) {
      return 0;
    }
    if (!ofSidecars) {
      return most(status.getContainerStatuses(), _ -> true);
    }
    var sidecars =
        Pods.initContainers(pod).stream()
            .filter(Pods::isSidecar)
            .map(Container::getName)
            .collect(Collectors.toSet());
    return most(status.getInitContainerStatuses(), sidecars::contains);
  }

  private static int most(@Nullable List<ContainerStatus> statuses, Predicate<String> counted) {
    return statuses == null
        ? 0
        : statuses.stream()
            .filter(c -> counted.test(c.getName()))
            .mapToInt(c -> c.getRestartCount() == null ? 0 : c.getRestartCount())
            .max()
            .orElse(0);
  }
}
