package dev.troupe.resources.mutation;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Mutation.PatchType;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Requests that say nothing but what is the same in all versions of a type: deletions, and what is
/// merged into metadata.
public final class AboutMetadata {

  private static final Set<String> EVERYWHERE = Set.of("apiVersion", "kind", "metadata");

  private AboutMetadata() {}

  public static boolean is(MutationRequest request) {
    return switch (request.mutation()) {
      case Mutation.Delete _ -> true;
      case Mutation.Merge(var planned) -> isMetadata(planned);
      case Mutation.Patch(var type, var patch) ->
          type == PatchType.MERGE && patch instanceof ObjectNode merged && isMetadata(merged);
      case Mutation.Create _, Mutation.Update _, Mutation.Apply _, Mutation.Decided _ -> false;
    };
  }

  private static boolean isMetadata(ObjectNode merged) {
    return EVERYWHERE.containsAll(merged.propertyNames());
  }

  /// The same request in another version.
  ///
  /// @param request about metadata
  public static MutationRequest in(String apiVersion, MutationRequest request) {
    var same =
        switch (request.mutation()) {
          case Mutation.Merge(var planned) -> new Mutation.Merge(in(apiVersion, planned));
          case Mutation.Patch(var type, ObjectNode patch) ->
              new Mutation.Patch(type, in(apiVersion, patch));
          default -> request.mutation();
        };
    return request.with(apiVersion, same);
  }

  private static ObjectNode in(String apiVersion, ObjectNode merged) {
    return merged.has("apiVersion") ? Json.shallow(merged).put("apiVersion", apiVersion) : merged;
  }
}
