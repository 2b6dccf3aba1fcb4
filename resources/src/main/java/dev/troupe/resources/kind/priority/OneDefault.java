package dev.troupe.resources.kind.priority;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Sponsor;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Of all priority classes one at most is for the pods that name none.
final class OneDefault implements Sponsor {

  @Override
  public TypeRef type() {
    return PodPriority.CLASSES;
  }

  @Override
  public boolean namespaced() {
    return false;
  }

  @Override
  public Wanted wanted(ObjectNode object) {
    return Json.truth(object, "globalDefault") ? new Wanted.Whoever() : new Wanted.Nobody();
  }

  @Override
  public Optional<ObjectNode> whoever(Stream<ObjectNode> all) {
    return among(all);
  }

  /// The least important, should there be several.
  static Optional<ObjectNode> among(Stream<ObjectNode> all) {
    return all.filter(one -> Json.truth(one, "globalDefault"))
        .min(Comparator.comparingLong(one -> Json.number(one, "value", 0)));
  }

  @Override
  public Optional<String> complete(ObjectNode object, @Nullable ObjectNode former, String uid) {
    return former == null
        ? Optional.empty()
        : Optional.of(
            "PriorityClass "
                + Json.text(Json.object(former, "metadata"), "name")
                + " is already marked as default. Only one default can exist");
  }
}
