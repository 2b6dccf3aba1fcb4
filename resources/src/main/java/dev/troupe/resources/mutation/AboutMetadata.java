package dev.troupe.resources.mutation;

import dev.troupe.resources.json.Json;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Requests that say nothing but what is the same in all versions of a type: deletions, and what
/// controllers merge into metadata.
public final class AboutMetadata {

  private static final Set<String> EVERYWHERE = Set.of("apiVersion", "kind", "metadata");

  private AboutMetadata() {}

  public static boolean is(MutationRequest request) {
    return switch (request.mutation()) {
      case Mutation.Delete _ -> true;
      case Mutation.Merge(var planned) -> isMetadata(planned);
      case Mutation.Create _,
          Mutation.Update _,
          Mutation.Patch _,
          Mutation.Apply _,
          Mutation.Decided _ ->
          false;
    };
  }

  private static boolean isMetadata(ObjectNode planned) {
    return EVERYWHERE.containsAll(planned.propertyNames());
  }

  /// The same request in another version; itself if it is about more.
  public static MutationRequest in(String apiVersion, MutationRequest request) {
    return switch (request.mutation()) {
      case Mutation.Delete delete -> request.with(apiVersion, delete);
      case Mutation.Merge(var planned) when isMetadata(planned) -> {
        var same = Json.shallow(planned);
        if (same.has("apiVersion")) {
          same.put("apiVersion", apiVersion);
        }
        yield request.with(apiVersion, new Mutation.Merge(same));
      }
      default -> request;
    };
  }
}
