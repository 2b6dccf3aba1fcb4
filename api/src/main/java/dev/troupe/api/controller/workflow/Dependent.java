package dev.troupe.api.controller.workflow;

import dev.troupe.api.controller.View;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/// An object that a workflow owns, and when it is ready for those that come after it.
///
/// @param wanted with a name; its kind must be declared as owned by the controller
public record Dependent<T extends HasMetadata>(T wanted, Readiness<? super T> readiness) {

  public Dependent {
    var metadata = wanted.getMetadata();
    if (metadata == null || metadata.getName() == null) {
      throw new IllegalArgumentException(
          "a " + wanted.getKind() + " of a workflow has no name: name it after the object");
    }
  }

  /// It is ready when it is there.
  public static <T extends HasMetadata> Dependent<T> require(T wanted) {
    return new Dependent<>(wanted, Readiness.exists());
  }

  public static <T extends HasMetadata> Dependent<T> require(
      T wanted, Readiness<? super T> readiness) {
    return new Dependent<>(wanted, readiness);
  }

  /// As waits name it, such as `Deployment/web`.
  String label() {
    return wanted.getKind() + "/" + wanted.getMetadata().getName();
  }

  @SuppressWarnings("unchecked") // The class of an object is that of its type.
  Optional<T> seen(View view) {
    return view.get((Class<T>) wanted.getClass(), wanted.getMetadata().getName());
  }

  /// What is still missing; empty if it is ready.
  String missing(View view) {
    return seen(view).map(readiness::missing).orElse("it is not there yet");
  }
}
