package dev.troupe.testkit.world.controller;

/// A mistake of what carries controllers' hosts, never of these. Each must be found.
public enum HostFlaw {
  NONE,

  /// Hosts keep positions ahead of their work.
  POSITION_AHEAD,

  /// A host that has been replaced goes on: neither the store nor anybody whom it writes to refuses
  /// it.
  TWO_HOSTS
}
