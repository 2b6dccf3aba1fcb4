package dev.troupe.testkit.world;

import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.mutation.Refusal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of metadata, preconditions and deletion without any knowledge of types: nothing is
/// defaulted or validated, lists are replaced.
public final class PlainMutator implements Mutator {

  private static final Set<String> KEPT =
      Set.of("uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds");

  @Override
  public MutationResult apply(@Nullable ObjectNode current, MutationRequest request) {
    if (request.subresource().equals("binding")) {
      return current == null ? notFound(request) : bind(current, request);
    }
    return switch (request.mutation()) {
      case Mutation.Create(var object) -> create(current, object, request);
      case Mutation.Merge(var planned) ->
          current == null
              ? create(null, planned, request)
              : change(current, planned, merged(current, planned), request);
      case Mutation.Update(var object) ->
          current == null ? notFound(request) : change(current, object, object, request);
      case Mutation.Patch(_, var patch) ->
          current == null
              ? notFound(request)
              : change(current, patch, merged(current, patch), request);
      case Mutation.Delete(var options) ->
          current == null ? notFound(request) : delete(current, options, request);
    };
  }

  private static MutationResult create(
      @Nullable ObjectNode current, ObjectNode object, MutationRequest request) {
    if (current != null) {
      return new MutationResult.Refused(Refusal.alreadyExists(request.key()));
    }
    var stored = object.deepCopy();
    var metadata = stored.withObjectProperty("metadata");
    metadata.put("uid", request.facts().newUid());
    metadata.put("name", request.key().name());
    if (!request.key().namespace().isEmpty()) {
      metadata.put("namespace", request.key().namespace());
    }
    metadata.put("creationTimestamp", seconds(request));
    metadata.put("generation", 1);
    metadata.remove("resourceVersion");
    return new MutationResult.Stored(stored, true, List.of());
  }

  private static MutationResult change(
      ObjectNode current, JsonNode asked, ObjectNode wanted, MutationRequest request) {
    var before = current.path("metadata");
    for (var precondition : List.of("uid", "resourceVersion")) {
      var expected = asked.path("metadata").path(precondition).asString("");
      if (!expected.isEmpty() && !expected.equals(before.path(precondition).asString())) {
        return conflict(request, precondition);
      }
    }
    var stored = current.deepCopy();
    if (request.subresource().equals("status")) {
      set(stored, "status", wanted.path("status"));
    } else {
      stored = wanted.deepCopy();
      set(stored, "status", current.path("status"));
      var metadata = stored.withObjectProperty("metadata");
      KEPT.forEach(field -> set(metadata, field, before.path(field)));
      set(metadata, "generation", before.path("generation"));
      set(metadata, "resourceVersion", before.path("resourceVersion"));
      if (!withoutMetadata(stored).equals(withoutMetadata(current))) {
        metadata.put("generation", before.path("generation").asLong(0) + 1);
      }
    }
    if (stored.equals(current)) {
      return new MutationResult.Unchanged(current, List.of());
    }
    return finished(stored)
        ? new MutationResult.Removed(stored, List.of())
        : new MutationResult.Stored(stored, false, List.of());
  }

  private static MutationResult bind(ObjectNode current, MutationRequest request) {
    if (!(request.mutation() instanceof Mutation.Create(var binding))) {
      return new MutationResult.Refused(Refusal.badRequest("a binding is created"));
    }
    if (!binding.path("metadata").path("uid").equals(current.path("metadata").path("uid"))) {
      return conflict(request, "uid");
    }
    if (!current.path("spec").path("nodeName").asString("").isEmpty()) {
      return conflict(request, "spec.nodeName");
    }
    var stored = current.deepCopy();
    stored.withObjectProperty("spec").set("nodeName", binding.path("target").path("name"));
    return new MutationResult.Stored(stored, false, List.of());
  }

  private static MutationResult delete(
      ObjectNode current, Mutation.DeleteOptions options, MutationRequest request) {
    var metadata = current.path("metadata");
    if (options.preconditionUid() != null
        && !options.preconditionUid().equals(metadata.path("uid").asString())) {
      return conflict(request, "uid");
    }
    if (options.preconditionResourceVersion() != null
        && !options
            .preconditionResourceVersion()
            .equals(metadata.path("resourceVersion").asString())) {
      return conflict(request, "resourceVersion");
    }
    long grace = grace(current, options);
    var stored = current.deepCopy();
    var changed = stored.withObjectProperty("metadata");
    if (!metadata.has("deletionTimestamp")) {
      changed.put("deletionTimestamp", seconds(request));
      changed.put("deletionGracePeriodSeconds", grace);
    } else if (grace < metadata.path("deletionGracePeriodSeconds").asLong(0)) {
      changed.put("deletionGracePeriodSeconds", grace);
    }
    if (finished(stored)) {
      return new MutationResult.Removed(current, List.of());
    }
    return stored.equals(current)
        ? new MutationResult.Unchanged(current, List.of())
        : new MutationResult.Stored(stored, false, List.of());
  }

  /// Only bound pods are given time to end.
  private static long grace(ObjectNode current, Mutation.DeleteOptions options) {
    boolean running =
        current.path("kind").asString("").equals("Pod")
            && !current.path("spec").path("nodeName").asString("").isEmpty();
    if (!running) {
      return 0;
    }
    return options.gracePeriodSeconds() != null
        ? options.gracePeriodSeconds()
        : current.path("spec").path("terminationGracePeriodSeconds").asLong(30);
  }

  private static boolean finished(ObjectNode object) {
    var metadata = object.path("metadata");
    return metadata.has("deletionTimestamp")
        && metadata.path("deletionGracePeriodSeconds").asLong(0) == 0
        && metadata.path("finalizers").isEmpty()
        && object.path("spec").path("finalizers").isEmpty();
  }

  private static ObjectNode merged(ObjectNode current, JsonNode patch) {
    var result = current.deepCopy();
    for (var field : patch.properties()) {
      var value = field.getValue();
      if (value.isNull()) {
        result.remove(field.getKey());
      } else if (value.isObject() && result.get(field.getKey()) instanceof ObjectNode inner) {
        result.set(field.getKey(), merged(inner, value));
      } else {
        result.set(field.getKey(), value);
      }
    }
    return result;
  }

  private static ObjectNode withoutMetadata(ObjectNode object) {
    var copy = object.deepCopy();
    copy.remove(List.of("metadata", "status"));
    return copy;
  }

  private static void set(ObjectNode object, String field, JsonNode value) {
    if (value.isMissingNode()) {
      object.remove(field);
    } else {
      object.set(field, value);
    }
  }

  private static MutationResult notFound(MutationRequest request) {
    return new MutationResult.Refused(Refusal.notFound(request.key()));
  }

  private static MutationResult conflict(MutationRequest request, String field) {
    return new MutationResult.Refused(
        Refusal.conflict(request.key(), field + " is not as expected"));
  }

  private static String seconds(MutationRequest request) {
    return request.facts().now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
  }
}
