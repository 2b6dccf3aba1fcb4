package dev.troupe.runtime.controller;

import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.runtime.controller.work.Activities;
import java.util.List;

/// The controllers that a cluster runs, and who carries out their activities.
///
/// @param revision another one for other code or other settings: a controller whose revision is not
///   that of its last run reconciles everything once
public record ControllerRegistration(
    List<Controller<?>> controllers,
    List<CollectionController<?>> collectionControllers,
    Activities activities,
    String revision) {

  public ControllerRegistration {
    controllers = List.copyOf(controllers);
    collectionControllers = List.copyOf(collectionControllers);
  }
}
