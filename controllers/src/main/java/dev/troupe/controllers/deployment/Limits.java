package dev.troupe.controllers.deployment;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.jspecify.annotations.Nullable;

/// How far a rolling update may stray from the wanted number of pods: above it, and below it in
/// available ones.
record Limits(int maxSurge, int maxUnavailable) {

  private static final Limits NONE = new Limits(0, 0);

  /// A share of surge is rounded up, of unavailability down. If both are nothing, one pod may be
  /// unavailable, because the update could not move otherwise.
  static Limits of(Deployment deployment) {
    if (!isRolling(deployment)) {
      return NONE;
    }
    int replicas = replicas(deployment);
    var strategy = deployment.getSpec().getStrategy();
    var rolling = strategy == null ? null : strategy.getRollingUpdate();
    int surge = resolve(rolling == null ? null : rolling.getMaxSurge(), replicas, true);
    int unavailable =
        resolve(rolling == null ? null : rolling.getMaxUnavailable(), replicas, false);
    if (surge == 0 && unavailable == 0) {
      unavailable = 1;
    }
    // More pods than can be counted are not asked for: so no sum with the surge runs over.
    return new Limits(
        Math.min(surge, Integer.MAX_VALUE - replicas), Math.min(unavailable, replicas));
  }

  static boolean isRolling(Deployment deployment) {
    var strategy = deployment.getSpec().getStrategy();
    return strategy == null || !"Recreate".equals(strategy.getType());
  }

  static int replicas(Deployment deployment) {
    var replicas = deployment.getSpec().getReplicas();
    return replicas == null ? 1 : replicas;
  }

  /// The total of pods at which a scaled deployment is full.
  int fullSize(int replicas) {
    return replicas > 0 ? replicas + maxSurge : 0;
  }

  private static int resolve(@Nullable IntOrString limit, int replicas, boolean up) {
    if (limit == null) {
      return percent("25%", replicas, up);
    }
    return limit.getIntVal() != null ? limit.getIntVal() : percent(limit.getStrVal(), replicas, up);
  }

  private static int percent(String text, int replicas, boolean up) {
    long share = number(text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
    if (!text.endsWith("%")) {
      return (int) share;
    }
    long pods = up ? Math.ceilDiv(share * replicas, 100L) : share * replicas / 100;
    return (int) Math.min(pods, Integer.MAX_VALUE);
  }

  /// The largest number of 32 bits stands for larger ones.
  private static long number(String digits) {
    try {
      return Math.min(Long.parseLong(digits), Integer.MAX_VALUE);
    } catch (NumberFormatException tooLarge) {
      return Integer.MAX_VALUE;
    }
  }
}
