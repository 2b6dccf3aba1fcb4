package dev.troupe.controllers.scheduling.demand;

import dev.troupe.controllers.objects.Quantities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// Amounts of what pods ask for and nodes have: CPU in thousandths, memory and storage in bytes,
/// everything else (GPUs, …) by name. None is negative, and the largest number stands for all that
/// are larger still: sums stay there.
public record ResourceAmounts(
    long milliCpu, long memory, long storage, Map<String, Long> extended) {

  public static final ResourceAmounts NONE = new ResourceAmounts(0, 0, 0, Map.of());

  /// What a pod asks for: the sum of its containers, or more if one init container asks for more,
  /// and its overhead.
  public static ResourceAmounts requestsOf(PodSpec spec) {
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
    return total
        .plus(sidecars)
        .max(initial)
        .unlessSaid(spec.getResources())
        .plus(of(spec.getOverhead()));
  }

  /// What a pod asks for as a whole counts in place of what its containers ask for.
  private ResourceAmounts unlessSaid(@Nullable ResourceRequirements ofPod) {
    var said = ofPod == null ? null : ofPod.getRequests();
    if (said == null || said.isEmpty()) {
      return this;
    }
    var whole = of(said);
    var all = new TreeMap<>(extended);
    all.putAll(whole.extended);
    return new ResourceAmounts(
        said.containsKey("cpu") ? whole.milliCpu : milliCpu,
        said.containsKey("memory") ? whole.memory : memory,
        storage,
        all);
  }

  public static ResourceAmounts of(@Nullable Map<String, Quantity> quantities) {
    if (quantities == null || quantities.isEmpty()) {
      return NONE;
    }
    var extended = new TreeMap<String, Long>();
    quantities.forEach((name, quantity) -> {
      if (!isCore(name)) {
        extended.put(name, bytes(quantity));
      }
    });
    return new ResourceAmounts(
        Math.max(0, Quantities.of(quantities.get("cpu")).milliValue()),
        bytes(quantities.get("memory")),
        bytes(quantities.get("ephemeral-storage")),
        extended);
  }

  public ResourceAmounts plus(ResourceAmounts other) {
    return new ResourceAmounts(
        sum(milliCpu, other.milliCpu),
        sum(memory, other.memory),
        sum(storage, other.storage),
        merge(other, ResourceAmounts::sum));
  }

  /// Of what was added before, as long as the sum [#isExact()].
  public ResourceAmounts minus(ResourceAmounts other) {
    return new ResourceAmounts(
        milliCpu - other.milliCpu,
        memory - other.memory,
        storage - other.storage,
        other.extended.isEmpty() ? extended : plusNegated(other));
  }

  /// Whether no amount is one that stands for larger ones.
  public boolean isExact() {
    return milliCpu != Long.MAX_VALUE
        && memory != Long.MAX_VALUE
        && storage != Long.MAX_VALUE
        && !extended.containsValue(Long.MAX_VALUE);
  }

  private static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
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
    return Math.max(0, Quantities.of(quantity).value());
  }

  private static List<Container> orEmpty(@Nullable List<Container> containers) {
    return containers == null ? List.of() : containers;
  }
}
