package dev.troupe.controllers.deployment;

import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.ObjectTimes;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The replica sets of a deployment: the one of its present template, if there is one, and those of
/// older templates, oldest first.
record Sets(@Nullable ReplicaSet current, List<ReplicaSet> old) {

  private static final Comparator<ReplicaSet> BY_AGE =
      Comparator.comparing(
              (ReplicaSet set) -> ObjectTimes.parse(set.getMetadata().getCreationTimestamp()))
          .thenComparing(set -> set.getMetadata().getName());

  static Sets of(Deployment deployment, List<ReplicaSet> owned) {
    var wanted = TemplateHash.content(deployment.getSpec().getTemplate());
    var byAge = owned.stream().sorted(BY_AGE).toList();
    var current =
        byAge.stream()
            .filter(set -> TemplateHash.content(set.getSpec().getTemplate()).equals(wanted))
            .findFirst()
            .orElse(null);
    return new Sets(current, byAge.stream().filter(set -> !isSame(set, current)).toList());
  }

  private static boolean isSame(ReplicaSet set, @Nullable ReplicaSet other) {
    return other != null && set.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  List<ReplicaSet> all() {
    return current == null ? old : Stream.concat(old.stream(), Stream.of(current)).toList();
  }

  /// Those that want pods.
  List<ReplicaSet> active() {
    return all().stream().filter(set -> replicas(set) > 0).toList();
  }

  List<ReplicaSet> activeOld() {
    return old.stream().filter(set -> replicas(set) > 0).toList();
  }

  /// The revision of a template that is newer than those of all old sets, adopted ones included.
  long nextRevision() {
    long max =
        old.stream()
            .mapToLong(set -> Annotations.revision(Labels.annotationsOf(set)))
            .reduce(0, Math::max);
    return max == Long.MAX_VALUE ? max : max + 1;
  }

  /// The largest number stands for larger sums.
  static int total(List<ReplicaSet> sets, ToIntFunction<ReplicaSet> count) {
    long sum = sets.stream().mapToLong(count::applyAsInt).sum();
    return (int) Math.min(sum, Integer.MAX_VALUE);
  }

  static int replicas(ReplicaSet set) {
    var replicas = set.getSpec().getReplicas();
    return replicas == null ? 1 : replicas;
  }

  static int actual(ReplicaSet set) {
    return count(set, ReplicaSetStatus::getReplicas);
  }

  static int ready(ReplicaSet set) {
    return count(set, ReplicaSetStatus::getReadyReplicas);
  }

  static int available(ReplicaSet set) {
    return count(set, ReplicaSetStatus::getAvailableReplicas);
  }

  static int terminating(ReplicaSet set) {
    return count(set, ReplicaSetStatus::getTerminatingReplicas);
  }

  private static int count(ReplicaSet set, Function<ReplicaSetStatus, @Nullable Integer> field) {
    var status = set.getStatus();
    var count = status == null ? null : field.apply(status);
    return count == null ? 0 : count;
  }
}
