package dev.troupe.controllers.deployment;

import dev.troupe.controllers.objects.Labels;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers the templates that a deployment has had.
final class Revisions {

  private static final int MAX_HISTORY_LENGTH = 2000;

  private Revisions() {}

  /// The annotations that the current replica set shall have beside its own: those of its
  /// deployment, and the highest revision. A set that is used again remembers its former ones.
  static Map<String, String> annotations(
      Deployment deployment, Map<String, String> present, long revision) {
    var wanted = new HashMap<String, String>();
    Labels.annotationsOf(deployment)
        .forEach((name, value) -> {
          if (!Annotations.NOT_COPIED.contains(name)) {
            wanted.put(name, value);
          }
        });
    long before = Annotations.revision(present);
    if (before < revision) {
      wanted.put(Annotations.REVISION, Long.toString(revision));
      if (before > 0) {
        wanted.put(
            Annotations.REVISION_HISTORY,
            history(present.getOrDefault(Annotations.REVISION_HISTORY, ""), before));
      }
    }
    wanted.entrySet().removeIf(entry -> entry.getValue().equals(present.get(entry.getKey())));
    return wanted;
  }

  /// The old replica sets that the history limit no longer keeps: those of the lowest revisions, as
  /// far as they are idle.
  static List<ReplicaSet> expired(Deployment deployment, Sets sets) {
    var limit = deployment.getSpec().getRevisionHistoryLimit();
    if (limit == null || limit == Integer.MAX_VALUE) {
      return List.of();
    }
    var kept = sets.old().stream().filter(s -> s.getMetadata().getDeletionTimestamp() == null);
    var byRevision =
        kept.sorted(Comparator.comparingLong(s -> Annotations.revision(Labels.annotationsOf(s))))
            .toList();
    return byRevision.stream()
        .limit(Math.max(0, byRevision.size() - limit))
        .filter(Revisions::isIdle)
        .toList();
  }

  private static boolean isIdle(ReplicaSet set) {
    var status = set.getStatus();
    var generation = set.getMetadata().getGeneration();
    return Sets.replicas(set) == 0
        && Sets.actual(set) == 0
        && status != null
        && (generation == null
            || (status.getObservedGeneration() != null
                && status.getObservedGeneration() >= generation));
  }

  private static String history(String former, long revision) {
    var history = former.isEmpty() ? "" + revision : former + "," + revision;
    while (history.length() > MAX_HISTORY_LENGTH) {
      history = history.substring(history.indexOf(',') + 1);
    }
    return history;
  }
}
