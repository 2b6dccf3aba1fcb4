package dev.troupe.samples.refrigerator;

import dev.troupe.api.controller.Activity;

/// Switches a compressor on or off. Done again only if it is to be switched otherwise.
public record SwitchCompressor(String refrigerator, boolean on) implements Activity {

  @Override
  public String id() {
    return refrigerator;
  }
}
