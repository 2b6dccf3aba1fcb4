package dev.troupe.controllers.eviction;

import dev.troupe.controllers.objects.Tolerations;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How long a pod bears the taints that expel others.
///
/// @param time null if for ever
record Bearing(@Nullable Duration time) {

  private static final Bearing NONE = new Bearing(Duration.ZERO);

  private static final Bearing FOR_EVER = new Bearing(null);
  private static final List<Toleration> NO_TOLERATIONS = List.of();

  boolean isNone() {
    return time != null && time.isZero();
  }

  /// Of the tolerations of a taint the first counts; of those that count, the shortest.
  static Bearing of(Pod pod, List<Taint> taints) {
    var tolerations = Objects.requireNonNullElse(pod.getSpec().getTolerations(), NO_TOLERATIONS);
    long shortest = Long.MAX_VALUE;
    boolean limited = false;
    for (var taint : taints) {
      var used = tolerations.stream().filter(t -> Tolerations.tolerates(t, taint)).findFirst();
      if (used.isEmpty()) {
        return NONE;
      }
      var seconds = used.get().getTolerationSeconds();
      limited |= seconds != null;
      shortest = seconds == null ? shortest : Math.min(shortest, Math.max(0, seconds));
    }
    if (!limited) {
      return FOR_EVER;
    }
    return shortest == 0 ? NONE : new Bearing(Duration.ofSeconds(shortest));
  }
}
