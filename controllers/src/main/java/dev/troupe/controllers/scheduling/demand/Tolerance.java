package dev.troupe.controllers.scheduling.demand;

import dev.troupe.controllers.objects.Tolerations;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which taints a pod bears.
public record Tolerance(List<Toleration> tolerations) {

  public static Tolerance of(@Nullable List<Toleration> tolerations) {
    return new Tolerance(Objects.requireNonNullElse(tolerations, List.of()));
  }

  /// The first taint that keeps the pod off the node.
  public Optional<Taint> obstacle(List<Taint> taints) {
    return taints.stream()
        .filter(taint -> !"PreferNoSchedule".equals(taint.getEffect()))
        .filter(taint -> !bears(taint))
        .findFirst();
  }

  /// How many taints the pod had better avoid.
  public int reservations(List<Taint> taints) {
    return taints.isEmpty()
        ? 0
        : (int)
            taints.stream()
                .filter(taint -> "PreferNoSchedule".equals(taint.getEffect()) && !bears(taint))
                .count();
  }

  public boolean bears(Taint taint) {
    return tolerations.stream().anyMatch(toleration -> Tolerations.tolerates(toleration, taint));
  }
}
