package dev.troupe.api.controller.workflow;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.Predicate;

/// Whether what depends on an object may come. Pure.
@FunctionalInterface
public interface Readiness<T extends HasMetadata> {

  /// What is still missing, in words for people; empty if nothing is.
  ///
  /// @param object as it is seen
  String missing(T object);

  /// It is enough that the object is there.
  static <T extends HasMetadata> Readiness<T> exists() {
    return _ -> "";
  }

  /// @param otherwise what is missing while the condition does not hold
  static <T extends HasMetadata> Readiness<T> when(Predicate<T> condition, String otherwise) {
    return object -> condition.test(object) ? "" : otherwise;
  }
}
