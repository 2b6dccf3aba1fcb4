package dev.troupe.controllers.scheduling.queue;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.scheduling.demand.PodDemand;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The pods that wait for a node. Changed in place.
public final class WaitingPods {

  /// One of them. `tried` says that there was no node for it when it was looked at.
  public record Waiting(Pod pod, PodDemand demand, boolean tried) {}

  private final Map<ResourceKey, Waiting> pods = new HashMap<>();
  private final Map<PodDemand, Kin> tried = new LinkedHashMap<>();

  public @Nullable Waiting get(ResourceKey key) {
    return pods.get(key);
  }

  /// Whether there are pods for which there was no node.
  public boolean hasTried() {
    return !tried.isEmpty();
  }

  /// Those for which there was no node, in the order in which they were looked at.
  public Collection<Kin> tried() {
    return tried.values();
  }

  public @Nullable Kin tried(PodDemand demand) {
    return tried.get(demand);
  }

  /// @return whether it is another one than before, or asks for something else
  public boolean put(ResourceKey key, Pod pod, PodDemand demand) {
    var before = pods.get(key);
    if (before != null && isSame(before, pod, demand)) {
      pods.put(key, new Waiting(pod, demand, before.tried()));
      return false;
    }
    remove(key);
    pods.put(key, new Waiting(pod, demand, false));
    return true;
  }

  private static boolean isSame(Waiting before, Pod pod, PodDemand demand) {
    return before.pod().getMetadata().getUid().equals(pod.getMetadata().getUid())
        && before.demand().equals(demand)
        && Objects.equals(
            before.pod().getSpec().getSchedulingGates(), pod.getSpec().getSchedulingGates());
  }

  public void remove(ResourceKey key) {
    var before = pods.remove(key);
    if (before != null && before.tried()) {
      leave(key, before.demand());
    }
  }

  /// There is a node for it.
  public void found(ResourceKey key) {
    var before = pods.get(key);
    if (before != null && before.tried()) {
      var kin = tried.get(before.demand());
      if (kin != null) {
        kin.succeeded();
      }
      leave(key, before.demand());
      pods.put(key, new Waiting(before.pod(), before.demand(), false));
    }
  }

  /// There is no node for it.
  ///
  /// @param inVain whether it is not helped
  public void failed(ResourceKey key, boolean inVain, Instant now) {
    var before = pods.get(key);
    if (before == null) {
      return;
    }
    var kin = tried.computeIfAbsent(before.demand(), Kin::new);
    if (!inVain) {
      kin.succeeded();
    } else if (before.tried()) {
      kin.failed(now);
    }
    kin.members().addLast(key);
    pods.put(key, new Waiting(before.pod(), before.demand(), true));
  }

  private void leave(ResourceKey key, PodDemand demand) {
    tried.computeIfPresent(
        demand,
        (_, kin) -> {
          kin.members().remove(key);
          return kin.members().isEmpty() ? null : kin;
        });
  }
}
