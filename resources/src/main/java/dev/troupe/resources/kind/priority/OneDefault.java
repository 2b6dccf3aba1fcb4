package dev.troupe.resources.kind.priority;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Distinction;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Of all priority classes one at most is for the pods that name none.
final class OneDefault implements Distinction {

  @Override
  public boolean isWanted(ObjectNode object) {
    return Json.truth(object, "globalDefault");
  }

  @Override
  public Optional<String> forbidden(ObjectNode object, Stream<ObjectNode> all) {
    return among(all)
        .map(OneDefault::name)
        .filter(name -> !name.equals(name(object)))
        .map(name ->
            "PriorityClass " + name + " is already marked as default. Only one default can exist");
  }

  /// The least important, should there be several.
  static Optional<ObjectNode> among(Stream<ObjectNode> all) {
    return all.filter(one -> Json.truth(one, "globalDefault"))
        .min(Comparator.comparingLong(one -> Json.number(one, "value", 0)));
  }

  private static String name(ObjectNode object) {
    return Json.text(Json.object(object, "metadata"), "name");
  }
}
