package dev.troupe.api.imperative;

import dev.troupe.api.controller.Activity;

/// One look of an [ImperativeController] at an object. It is made again if it differs.
///
/// @param controller its name
/// @param seen tells what there was to be seen
public record ImperativeLook(
    String controller, String namespace, String name, boolean deleting, String seen)
    implements Activity {

  @Override
  public String id() {
    return "look";
  }
}
