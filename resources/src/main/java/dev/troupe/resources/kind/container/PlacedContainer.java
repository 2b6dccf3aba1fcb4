package dev.troupe.resources.kind.container;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A container of any sort, and where it is.
public record PlacedContainer(ObjectNode container, Path path) {

  private static final List<String> SORTS =
      List.of("initContainers", "containers", "ephemeralContainers");

  /// Those of a pod's spec, in the order in which they begin.
  ///
  /// @param path of the spec
  public static List<PlacedContainer> all(@Nullable ObjectNode spec, Path path) {
    var all = new ArrayList<PlacedContainer>();
    for (var sort : SORTS) {
      int index = 0;
      for (var container : Json.objects(spec, sort)) {
        all.add(new PlacedContainer(container, path.child(sort).item(index++)));
      }
    }
    return all;
  }
}
