package dev.troupe.api.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a reconcile sees beside its object: the objects that it declared with [Observe], as of one
/// moment, and what the runtime keeps for it.
///
/// Viewed objects are shared and must not be modified.
public interface View {

  /// The time of this reconcile. The only clock that a reconcile may use.
  Instant now();

  /// The related objects of a type, ordered by namespace and name.
  <T extends HasMetadata> List<T> list(Class<T> type);

  /// A related object in the namespace of the reconciled object (or cluster-scoped).
  <T extends HasMetadata> Optional<T> get(Class<T> type, String name);

  /// When a timer that is set will fire.
  Optional<Instant> timer(String name);

  /// The result of the last call of this activity that succeeded with exactly this record.
  Optional<String> result(Activity activity);

  /// How often, and why last, the activity has failed that is carried out with exactly this record;
  /// empty if it has not failed, or is not carried out.
  default Optional<Failure.ActivityFailed> failure(Activity activity) {
    return Optional.empty();
  }

  /// What the controller remembers of the object; `initial` if nothing is remembered.
  ///
  /// @throws IllegalStateException if what is remembered cannot be read as that
  default <M> M memory(M initial) {
    return initial;
  }
}
