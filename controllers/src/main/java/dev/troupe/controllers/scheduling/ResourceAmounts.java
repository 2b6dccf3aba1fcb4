package dev.troupe.controllers.scheduling;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// Amounts of what pods ask for and nodes have: CPU in thousandths, memory and storage in bytes,
/// everything else (GPUs, …) by name.
record ResourceAmounts(long milliCpu, long memory, long storage, Map<String, Long> extended) {

  static final ResourceAmounts NONE = new ResourceAmounts(0, 0, 0, Map.of());

  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  /// What a pod asks for: the sum of its containers, or more if one init container asks for more,
  /// and its overhead.
  static ResourceAmounts requestsOf(PodSpec spec) {
    var total = NONE;
    var sidecars = NONE;
    var initial = NONE;
    for (var container : orEmpty(spec.getInitContainers())) {
      var requests = requests(container);
      if ("Always".equals(container.getRestartPolicy())) {
        sidecars = sidecars.plus(requests);
        initial = initial.max(sidecars);
      } else {
        initial = initial.max(sidecars.plus(requests));
      }
    }
    for (var container : orEmpty(spec.getContainers())) {
      total = total.plus(requests(container));
    }
    return total.plus(sidecars).max(initial).plus(of(spec.getOverhead()));
  }

  static ResourceAmounts of(@Nullable Map<String, Quantity> quantities) {
    if (quantities == null || quantities.isEmpty()) {
      return NONE;
    }
    var extended = new TreeMap<String, Long>();
    quantities.forEach((name, quantity) -> {
      if (!isCore(name)) {
        extended.put(name, bytes(quantity));
      }
    });
    var cpu = quantities.get("cpu");
    return new ResourceAmounts(
        cpu == null
            ? 0
            : Quantity.getAmountInBytes(cpu)
                .multiply(THOUSAND)
                .setScale(0, RoundingMode.CEILING)
                .longValue(),
        bytes(quantities.get("memory")),
        bytes(quantities.get("ephemeral-storage")),
        extended);
  }

  ResourceAmounts plus(ResourceAmounts other) {
    return new ResourceAmounts(
        milliCpu + other.milliCpu,
        memory + other.memory,
        storage + other.storage,
        merge(other, Long::sum));
  }

  ResourceAmounts minus(ResourceAmounts other) {
    return new ResourceAmounts(
        milliCpu - other.milliCpu,
        memory - other.memory,
        storage - other.storage,
        other.extended.isEmpty() ? extended : plusNegated(other));
  }

  private ResourceAmounts max(ResourceAmounts other) {
    return new ResourceAmounts(
        Math.max(milliCpu, other.milliCpu),
        Math.max(memory, other.memory),
        Math.max(storage, other.storage),
        merge(other, Math::max));
  }

  private Map<String, Long> plusNegated(ResourceAmounts other) {
    var merged = new TreeMap<>(extended);
    other.extended.forEach((name, amount) -> merged.merge(name, -amount, Long::sum));
    return merged;
  }

  private Map<String, Long> merge(ResourceAmounts other, BinaryOperator<Long> combine) {
    if (other.extended.isEmpty()) {
      return extended;
    }
    var merged = new TreeMap<>(extended);
    other.extended.forEach((name, amount) -> merged.merge(name, amount, combine));
    return merged;
  }

  private static ResourceAmounts requests(Container container) {
    var resources = container.getResources();
    return resources == null ? NONE : of(resources.getRequests());
  }

  private static boolean isCore(String name) {
    return switch (name) {
      case "cpu", "memory", "ephemeral-storage", "pods" -> true;
      default -> false;
    };
  }

  private static long bytes(@Nullable Quantity quantity) {
    return quantity == null
        ? 0
        : Quantity.getAmountInBytes(quantity).setScale(0, RoundingMode.CEILING).longValue();
  }

  private static List<Container> orEmpty(@Nullable List<Container> containers) {
    return containers == null ? List.of() : containers;
  }
}
