package dev.troupe.controllers.deployment;

import static dev.troupe.controllers.deployment.Sets.available;
import static dev.troupe.controllers.deployment.Sets.replicas;
import static dev.troupe.controllers.deployment.Sets.total;

import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.ObjectTimes;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How many pods each replica set of a deployment shall have next. Only sets whose size changes are
/// named, except by [#evenly].
final class Scaling {

  /// A replica set and its next size.
  record Target(ReplicaSet set, int replicas) {}

  private static final Comparator<ReplicaSet> NEWEST_FIRST =
      Comparator.comparing(
              (ReplicaSet set) -> ObjectTimes.parse(set.getMetadata().getCreationTimestamp()))
          .reversed();

  private final Sets sets;
  private final int wanted;
  private final int statusReplicas;
  private final Limits limits;

  Scaling(Deployment deployment, Sets sets) {
    this.sets = sets;
    this.wanted = Limits.replicas(deployment);
    this.limits = Limits.of(deployment);
    var status = deployment.getStatus();
    this.statusReplicas = status == null || status.getReplicas() == null ? 0 : status.getReplicas();
  }

  /// The size of the current set that keeps the total within the surge.
  int rollingSize(int currentReplicas) {
    int room = wanted + limits.maxSurge() - total(sets.all(), Sets::replicas);
    return room <= 0 ? currentReplicas : currentReplicas + Math.min(room, wanted - currentReplicas);
  }

  /// The next step up (or, after a cut, down) of the current set.
  List<Target> current(ReplicaSet current) {
    int now = replicas(current);
    int next = now > wanted ? wanted : rollingSize(now);
    return next == now ? List.of() : List.of(new Target(current, next));
  }

  /// The next step down of the old sets: first the pods that do not work, then as many as there are
  /// available ones to spare.
  List<Target> old(ReplicaSet current) {
    int minAvailable = wanted - limits.maxUnavailable();
    int unavailableCurrent = replicas(current) - available(current);
    int spare = total(sets.all(), Sets::replicas) - minAvailable - unavailableCurrent;
    var sizes = new ArrayList<Target>();
    int cleaned = 0;
    for (var set : sets.activeOld()) {
      int broken = Math.max(0, Math.min(spare - cleaned, replicas(set) - available(set)));
      cleaned += broken;
      sizes.add(new Target(set, replicas(set) - broken));
    }
    int surplus = spare <= 0 ? 0 : total(sets.all(), Sets::available) - minAvailable;
    var targets = new ArrayList<Target>();
    for (var size : sizes) {
      int fewer = Math.max(0, Math.min(surplus, size.replicas()));
      surplus -= fewer;
      targets.add(new Target(size.set(), size.replicas() - fewer));
    }
    return changed(targets);
  }

  /// No pods of old templates.
  List<Target> oldToZero() {
    return sets.activeOld().stream().map(set -> new Target(set, 0)).toList();
  }

  /// Follows a changed number of replicas while no rollout moves the sets: a single set takes all,
  /// several share in proportion to their sizes.
  List<Target> evenly() {
    var active = sets.active();
    if (active.size() <= 1) {
      var only = active.isEmpty() ? latest() : active.getFirst();
      return only == null ? List.of() : List.of(new Target(only, wanted));
    }
    if (isSaturated()) {
      var targets = new ArrayList<>(oldToZero());
      targets.add(new Target(Objects.requireNonNull(sets.current()), wanted));
      return targets;
    }
    return limits.maxSurge() + limits.maxUnavailable() > 0 || wanted == 0
        ? proportionally(active)
        : List.of();
  }

  private @Nullable ReplicaSet latest() {
    return sets.current() != null
        ? sets.current()
        : sets.old().isEmpty() ? null : sets.old().getLast();
  }

  /// Whether the current set alone serves what was wanted when it was last scaled.
  private boolean isSaturated() {
    var current = sets.current();
    return current != null
        && Annotations.size(Labels.annotationsOf(current), Annotations.DESIRED_REPLICAS, -1)
            == wanted
        && replicas(current) == wanted
        && available(current) == wanted;
  }

  /// Large sets move most; what rounding leaves goes to the largest.
  private List<Target> proportionally(List<ReplicaSet> active) {
    int toAdd = limits.fullSize(wanted) - total(active, Sets::replicas);
    var bySize = new ArrayList<>(active);
    bySize.sort(
        Comparator.comparingInt((ReplicaSet set) -> -replicas(set))
            .thenComparing(toAdd >= 0 ? NEWEST_FIRST : NEWEST_FIRST.reversed()));
    int added = 0;
    var sizes = new int[bySize.size()];
    for (int i = 0; i < sizes.length; i++) {
      int share = share(bySize.get(i), toAdd, added);
      sizes[i] = replicas(bySize.get(i)) + share;
      added += share;
    }
    sizes[0] = Math.max(0, sizes[0] + toAdd - added);
    var targets = new ArrayList<Target>();
    for (int i = 0; i < sizes.length; i++) {
      targets.add(new Target(bySize.get(i), sizes[i]));
    }
    return targets;
  }

  private int share(ReplicaSet set, int toAdd, int added) {
    if (toAdd == 0 || toAdd == added) {
      return 0;
    }
    int fraction = fraction(set);
    return toAdd > 0 ? Math.min(fraction, toAdd - added) : Math.max(fraction, toAdd - added);
  }

  private int fraction(ReplicaSet set) {
    if (wanted == 0) {
      return -replicas(set);
    }
    int before =
        Annotations.size(
            Labels.annotationsOf(set), Annotations.MAX_REPLICAS, Math.max(1, statusReplicas));
    double size = (double) replicas(set) * limits.fullSize(wanted) / Math.max(1, before);
    return (int) Math.min(Math.round(size), Integer.MAX_VALUE) - replicas(set);
  }

  private static List<Target> changed(List<Target> targets) {
    return targets.stream().filter(t -> t.replicas() != replicas(t.set())).toList();
  }
}
