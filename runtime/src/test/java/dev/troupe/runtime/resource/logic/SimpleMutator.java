package dev.troupe.runtime.resource.logic;

import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.mutation.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The least that a write can mean: create, replace under a version, delete at once.
public final class SimpleMutator implements Mutator {

  @Override
  public MutationResult apply(@Nullable ObjectNode current, MutationRequest request) {
    var key = request.key();
    return switch (request.mutation()) {
      case Mutation.Create(var object) ->
          current == null
              ? new MutationResult.Stored(withUid(object, request), true, List.of())
              : new MutationResult.Refused(Refusal.alreadyExists(key));
      case Mutation.Update(var object) -> update(current, object, request);
      case Mutation.Merge(var object) ->
          current == null
              ? new MutationResult.Stored(withUid(object, request), true, List.of())
              : update(current, object, request);
      case Mutation.Delete _ ->
          current == null
              ? new MutationResult.Refused(Refusal.notFound(key))
              : new MutationResult.Removed(current, List.of());
      case Mutation.Patch _, Mutation.Apply _, Mutation.Decided _ ->
          throw new IllegalStateException("a patch cannot be decided here");
    };
  }

  private static MutationResult update(
      @Nullable ObjectNode current, ObjectNode object, MutationRequest request) {
    if (current == null) {
      return new MutationResult.Refused(Refusal.notFound(request.key()));
    }
    var expected = object.path("metadata").path("resourceVersion").asString("");
    var stored = current.path("metadata").path("resourceVersion").asString("");
    if (!expected.isEmpty() && !expected.equals(stored)) {
      return new MutationResult.Refused(Refusal.conflict(request.key(), "stale"));
    }
    var merged = current.deepCopy();
    object
        .properties()
        .forEach(property -> {
          if (!property.getKey().equals("metadata")) {
            merged.set(property.getKey(), property.getValue());
          }
        });
    return merged.equals(current)
        ? new MutationResult.Unchanged(current, List.of())
        : new MutationResult.Stored(merged, false, List.of());
  }

  private static ObjectNode withUid(ObjectNode object, MutationRequest request) {
    var copy = object.deepCopy();
    copy.withObjectProperty("metadata").put("uid", request.facts().newUid());
    return copy;
  }
}
