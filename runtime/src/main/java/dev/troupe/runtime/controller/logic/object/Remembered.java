package dev.troupe.runtime.controller.logic.object;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.Profile;
import org.jspecify.annotations.Nullable;

/// What is remembered of one object: what is persisted, and that with what has happened since, such
/// as results of calls.
final class Remembered {

  private final Profile profile;
  private final ResourceKey key;
  private @Nullable ObjectState persisted;
  private @Nullable ObjectState working;

  Remembered(Profile profile, ResourceKey key, @Nullable ObjectState recovered) {
    this.profile = profile;
    this.key = key;
    this.persisted = recovered;
    this.working = recovered;
  }

  /// Null if nothing is persisted.
  @Nullable ObjectState persisted() {
    return persisted;
  }

  /// Null if nothing is remembered.
  @Nullable ObjectState working() {
    return working;
  }

  /// What is remembered of the object with this uid; another one of the same name starts afresh.
  ObjectState of(String uid) {
    var known = working;
    if (known == null || !known.uid().equals(uid)) {
      known = ObjectState.fresh(profile.controller(), key, uid);
      working = known;
    }
    return known;
  }

  void work(ObjectState next) {
    working = next;
  }

  void persisted(ObjectState saved) {
    persisted = saved;
  }

  void forget() {
    persisted = null;
    working = null;
  }

  boolean hasPendingCalls() {
    return working != null && working.hasPendingCalls();
  }

  /// Whether something has happened that a restart would lose.
  boolean isUnsaved() {
    return working != null && persisted != null && !isSame(working, persisted);
  }

  /// Whether it is worth while to persist what was decided.
  boolean isWorthSaving(Decided decided) {
    var known =
        persisted != null
            ? persisted
            : ObjectState.fresh(profile.controller(), key, decided.round().uid());
    return !isSame(decided.next(), known)
        || (profile.persistsWrites() && !decided.writes().isEmpty());
  }

  /// Controllers that do not persist mere writes do not persist what they say either.
  private boolean isSame(ObjectState one, ObjectState other) {
    return one.means(profile.persistsWrites() ? other : other.withSaid(one.said()));
  }
}
