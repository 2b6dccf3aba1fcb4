package dev.troupe.controllers.scheduling;

import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which taints a pod bears.
record Tolerance(List<Toleration> tolerations) {

  static Tolerance of(@Nullable List<Toleration> tolerations) {
    return new Tolerance(Objects.requireNonNullElse(tolerations, List.of()));
  }

  /// The first taint that keeps the pod off the node.
  Optional<Taint> obstacle(List<Taint> taints) {
    return taints.stream()
        .filter(taint -> !"PreferNoSchedule".equals(taint.getEffect()))
        .filter(taint -> !bears(taint))
        .findFirst();
  }

  /// How many taints the pod had better avoid.
  int reservations(List<Taint> taints) {
    return taints.isEmpty()
        ? 0
        : (int)
            taints.stream()
                .filter(taint -> "PreferNoSchedule".equals(taint.getEffect()) && !bears(taint))
                .count();
  }

  boolean bears(Taint taint) {
    return tolerations.stream().anyMatch(toleration -> bears(toleration, taint));
  }

  private static boolean bears(Toleration toleration, Taint taint) {
    if (isGiven(toleration.getEffect()) && !toleration.getEffect().equals(taint.getEffect())) {
      return false;
    }
    if (isGiven(toleration.getKey()) && !toleration.getKey().equals(taint.getKey())) {
      return false;
    }
    if ("Exists".equals(toleration.getOperator())) {
      return true;
    }
    return isGiven(toleration.getKey())
        && Objects.requireNonNullElse(toleration.getValue(), "")
            .equals(Objects.requireNonNullElse(taint.getValue(), ""));
  }

  private static boolean isGiven(@Nullable String text) {
    return text != null && !text.isEmpty();
  }
}
