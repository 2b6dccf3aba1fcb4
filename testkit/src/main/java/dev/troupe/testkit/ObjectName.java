package dev.troupe.testkit;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.testkit.world.controller.ControllerWorld;
import java.util.List;

/// The name of an object as tests have it: `Deployment/web`, `Deployment/shop/web`.
///
/// @param namespace empty for any
record ObjectName(String kind, String namespace, String name) {

  /// @throws IllegalArgumentException unless it is one
  static ObjectName of(String text) {
    var parts = text.split("/", -1);
    return switch (parts.length) {
      case 2 -> new ObjectName(parts[0], "", parts[1]);
      case 3 -> new ObjectName(parts[0], parts[1], parts[2]);
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' names no object; write Kind/name or Kind/namespace/name");
    };
  }

  /// Those that there are; one in the namespace `default` comes first.
  List<ResourceKey> find(ControllerWorld world) {
    return world.types().registry().all().stream()
        .filter(type -> type.names().kind().equals(kind))
        .flatMap(type -> world.store().named(type.ref(), name).stream())
        .filter(key -> namespace.isEmpty() || key.namespace().equals(namespace))
        .sorted((one, other) -> Boolean.compare(isElsewhere(one), isElsewhere(other)))
        .toList();
  }

  private static boolean isElsewhere(ResourceKey key) {
    return !key.namespace().isEmpty() && !key.namespace().equals("default");
  }
}
