package dev.troupe.api.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Collects the relations of a controller's objects to other objects.
public interface Observe<R extends HasMetadata> {

  /// Objects of `type` whose controlling owner reference names the reconciled object.
  Observe<R> owns(Class<? extends HasMetadata> type);

  /// As [#owns], and those are all that shall be there: an owned object that a plan neither owns
  /// nor keeps is deleted (in the background; not another of its name) after the plan's writes. A
  /// plan that owns nothing deletes nothing, unless it says [Plan#prune].
  ///
  /// It is not what `owns` does, as many controllers plan only the difference: a replica set's plan
  /// does not list the pods that are there.
  Observe<R> ownsAll(Class<? extends HasMetadata> type);

  /// Objects of `type` that name the reconciled objects they concern, by [Ref].
  <T extends HasMetadata> Observe<R> watches(Class<T> type, Function<T, List<Ref>> concerns);

  /// As the other `watches`, of objects with one of these names only. The others are not even
  /// decoded.
  default <T extends HasMetadata> Observe<R> watches(
      Class<T> type, Set<String> names, Function<T, List<Ref>> concerns) {
    return watches(
        type,
        object ->
            names.contains(object.getMetadata().getName()) ? concerns.apply(object) : List.of());
  }

  /// Objects of `type` in the namespace of the reconciled object that carry the labels it selects.
  ///
  /// @param selector the labels that an object must carry; an empty map selects nothing
  <T extends HasMetadata> Observe<R> selects(
      Class<T> type, Function<R, java.util.Map<String, String>> selector);

  /// Objects of `type` that the reconciled object names itself, by [Ref].
  <T extends HasMetadata> Observe<R> refers(Class<T> type, Function<R, List<Ref>> references);

  /// Objects of `type` that siblings own: other reconciled objects of the same owner. They are
  /// seen, but their changes call for no reconcile.
  ///
  /// @param owner the uid of the owner; empty where its other objects are of no interest
  Observe<R> siblingsOwn(Class<? extends HasMetadata> type, Function<R, Optional<String>> owner);

  /// Ignores reconciled objects that do not satisfy the condition.
  Observe<R> where(Predicate<R> condition);

  /// The name (and namespace, empty if cluster-scoped) of an object whose type is clear from the
  /// context.
  record Ref(String namespace, String name) {}
}
