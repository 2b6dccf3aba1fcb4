package dev.troupe.runtime.controller;

import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.settings.ControllerSettings;
import dev.troupe.runtime.controller.work.Activities;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The controllers that a cluster runs, and who carries out their activities.
///
/// @param revision another one for other code or other settings: a controller whose revision is not
///   that of its last run reconciles everything once
/// @param tuning what is configured about them
/// @param gate what they wait for before they run
public record ControllerRegistration(
    List<Controller<?>> controllers,
    List<CollectionController<?>> collectionControllers,
    Activities activities,
    String revision,
    Tuning tuning,
    RunGate gate) {

  /// The settings that a controller runs with.
  @FunctionalInterface
  public interface Tuning {

    /// As the controllers say themselves.
    Tuning NONE = (_, own) -> own;

    /// @param own what the controller says itself
    ControllerSettings of(String controller, ControllerSettings own);
  }

  /// What a controller waits for before it runs.
  public interface RunGate {

    /// Nothing is waited for.
    RunGate OPEN =
        new RunGate() {
          @Override
          public CompletionStage<Void> opened(String controller) {
            return CompletableFuture.completedStage(null);
          }

          @Override
          public String closedBecause(String controller) {
            return "";
          }
        };

    /// Completes when the controller of this name may run.
    CompletionStage<Void> opened(String controller);

    /// Why it does not run yet, for people; empty if it may.
    String closedBecause(String controller);
  }

  /// Of controllers that run as they say themselves, and wait for nothing.
  public ControllerRegistration(
      List<Controller<?>> controllers,
      List<CollectionController<?>> collectionControllers,
      Activities activities,
      String revision) {
    this(controllers, collectionControllers, activities, revision, Tuning.NONE, RunGate.OPEN);
  }

  public ControllerRegistration {
    controllers = List.copyOf(controllers);
    collectionControllers = List.copyOf(collectionControllers);
  }
}
