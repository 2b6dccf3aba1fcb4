package dev.troupe.samples.refrigerator;

import dev.troupe.api.controller.Activity;

/// Melts the ice, once for each time that it is due.
///
/// @param due tells one time from the next
public record Defrost(String refrigerator, String due) implements Activity {

  @Override
  public String id() {
    return refrigerator;
  }
}
