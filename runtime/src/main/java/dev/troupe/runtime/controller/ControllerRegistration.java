package dev.troupe.runtime.controller;

import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.settings.ControllerSettings;
import dev.troupe.runtime.controller.work.Activities;
import java.util.List;

/// The controllers that a cluster runs, and who carries out their activities.
///
/// @param revision another one for other code or other settings: a controller whose revision is not
///   that of its last run reconciles everything once
/// @param tuning what is configured about them
public record ControllerRegistration(
    List<Controller<?>> controllers,
    List<CollectionController<?>> collectionControllers,
    Activities activities,
    String revision,
    Tuning tuning) {

  /// The settings that a controller runs with.
  @FunctionalInterface
  public interface Tuning {

    /// As the controllers say themselves.
    Tuning NONE = (_, own) -> own;

    /// @param own what the controller says itself
    ControllerSettings of(String controller, ControllerSettings own);
  }

  /// Of controllers that run as they say themselves.
  public ControllerRegistration(
      List<Controller<?>> controllers,
      List<CollectionController<?>> collectionControllers,
      Activities activities,
      String revision) {
    this(controllers, collectionControllers, activities, revision, Tuning.NONE);
  }

  public ControllerRegistration {
    controllers = List.copyOf(controllers);
    collectionControllers = List.copyOf(collectionControllers);
  }
}
