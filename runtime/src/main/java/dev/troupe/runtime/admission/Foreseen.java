package dev.troupe.runtime.admission;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What would come of a write now.
///
/// @param before the present object, null if there is none; not to be modified
/// @param object as it would be stored, or the last content of one that would go; the steps' own:
///   they may change it
/// @param effect what would happen to it
public record Foreseen(
    WriteRequest request,
    @Nullable ObjectNode before,
    ObjectNode object,
    Effect effect,
    List<String> warnings) {

  public enum Effect {
    CREATED,
    CHANGED,
    REMOVED
  }

  /// Null if nothing would be stored.
  static @Nullable Foreseen of(
      WriteRequest request, @Nullable ObjectNode before, MutationResult result) {
    return switch (result) {
      case MutationResult.Stored(var object, var created, var warnings) ->
          new Foreseen(
              request, before, object, created ? Effect.CREATED : Effect.CHANGED, warnings);
      case MutationResult.Removed(var last, var warnings) ->
          new Foreseen(request, before, last, Effect.REMOVED, warnings);
      case MutationResult.Unchanged _, MutationResult.Refused _ -> null;
    };
  }

  /// Whether more would change than metadata and status.
  boolean changesContent() {
    return before == null || !Json.sameContent(before, object);
  }

  Foreseen with(ObjectNode other) {
    return new Foreseen(request, before, other, effect, warnings);
  }

  /// The write that stores exactly this, or nothing if the object is another by then.
  ///
  /// @param apiVersion the stored one, which the object is in
  WriteRequest exactly(String apiVersion) {
    return request.with(request.mutation().exactly(apiVersion, exactly()));
  }

  private Mutation exactly() {
    if (request.mutation().mutation() instanceof Mutation.Delete(var options)) {
      return new Mutation.Delete(options.onlyOfVersion(version()));
    }
    if (effect == Effect.CREATED) {
      return new Mutation.Create(object);
    }
    object.withObjectProperty("metadata").put("resourceVersion", version());
    return new Mutation.Update(object);
  }

  private String version() {
    return before == null ? "" : before.path("metadata").path("resourceVersion").asString("");
  }
}
