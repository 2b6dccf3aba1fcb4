package dev.troupe.runtime.controller.platform;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import java.util.List;

/// In which order a sweep empties a namespace: the pods go first, and nothing else while there are
/// any, so that none outlives what it is protected or configured by.
public final class SweepOrder {

  private static final TypeRef PODS = TypeRef.core("pods");

  private SweepOrder() {}

  /// The types of objects that namespaces hold, stage by stage.
  public static List<List<ResourceType>> stages(ResourceRegistry registry) {
    var types = registry.all().stream().filter(t -> t.namespaced() && t.stored()).toList();
    return List.of(
        types.stream().filter(SweepOrder::goesFirst).toList(),
        types.stream().filter(type -> !goesFirst(type)).toList());
  }

  private static boolean goesFirst(ResourceType type) {
    return type.ref().equals(PODS);
  }
}
