package dev.troupe.apiserver.conversion;

import dev.troupe.api.resource.Version;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.JsonEncoder;
import dev.troupe.resources.conversion.KnownConversions;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.Effect;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteReply.Outcome;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Writes to objects whose versions somebody else converts. They are decided here, in the version
/// of the request, on the object as it is; what comes of it is sent in the stored version, with the
/// version of the object that it was decided on. If that has changed meanwhile all begins anew.
final class ConvertedWrites {

  /// How often a write is decided at most.
  static final int TRIES = 8;

  /// Of how many versions of owners it may be asked how an object looks there, before and after.
  private static final int MOST_CONVERSIONS = 64;

  private final Resources resources;
  private final StandardMutator mutator;
  private final Executor workers;

  /// @param workers where is decided
  ConvertedWrites(Resources resources, StandardMutator mutator, Executor workers) {
    this.resources = resources;
    this.mutator = mutator;
    this.workers = workers;
  }

  /// @return the reply in the version of the request; fails if somebody cannot convert what must be
  ///   known
  CompletionStage<WriteReply> write(ConvertedObjects objects, WriteRequest request) {
    if (request.mutation().mutation() instanceof Mutation.Delete) {
      return resources.write(request).thenCompose(reply -> answer(objects, reply, true));
    }
    return write(objects, request, 1);
  }

  private CompletionStage<WriteReply> write(
      ConvertedObjects objects, WriteRequest request, int attempt) {
    return resources
        .get(request.mutation().key())
        .thenComposeAsync(found -> write(objects, request, found.orElse(null), attempt), workers);
  }

  private CompletionStage<WriteReply> write(
      ConvertedObjects objects,
      WriteRequest request,
      @Nullable StoredResource present,
      int attempt) {
    if (present != null && request.mutation().mutation() instanceof Mutation.Create) {
      return refused(Refusal.alreadyExists(present.key()));
    }
    var stored = present == null ? null : JsonDecoder.stored(present.json());
    return isDecidedThere(objects.type(), request.mutation(), stored)
        ? resources.write(request).thenCompose(reply -> answer(objects, reply, false))
        : new Attempt(objects, request, present, attempt).begin(stored);
  }

  /// Whether nobody need be asked, so that it can be decided where the object is.
  private static boolean isDecidedThere(
      ResourceType type, MutationRequest request, @Nullable ObjectNode stored) {
    var version = type.storage().apiVersion();
    if (!request.apiVersion().equals(version)) {
      return false;
    }
    return stored == null
        || (Json.text(stored, "apiVersion").equals(version)
            && !(request.mutation() instanceof Mutation.Apply && hasOtherOwners(stored, version)));
  }

  private static boolean hasOtherOwners(ObjectNode stored, String version) {
    return Json.objects(Json.object(stored, "metadata"), "managedFields").stream()
        .anyMatch(owner -> !Json.text(owner, "apiVersion").equals(version));
  }

  private CompletionStage<WriteReply> answer(
      ConvertedObjects objects, WriteReply reply, boolean isDeletion) {
    return switch (reply) {
      case WriteReply.Written(var outcome, var json, var version, var warnings) ->
          shown(objects, json)
              .thenApply(shown -> new WriteReply.Written(outcome, shown, version, warnings));
      case WriteReply.Removed(var json, var version, var warnings) when !isDeletion ->
          shown(objects, json).thenApply(shown -> new WriteReply.Removed(shown, version, warnings));
      case WriteReply.Removed _, WriteReply.Refused _ -> CompletableFuture.completedFuture(reply);
    };
  }

  private static CompletionStage<byte[]> shown(ConvertedObjects objects, byte[] json) {
    return objects
        .objects(List.of(json))
        .thenApply(converted -> JsonEncoder.encode(converted.getFirst()));
  }

  private static CompletionStage<WriteReply> refused(Refusal refusal) {
    return CompletableFuture.completedFuture(new WriteReply.Refused(refusal));
  }

  /// A write that is decided on one state of the object.
  private final class Attempt {

    private final ConvertedObjects objects;
    private final WriteRequest request;
    private final @Nullable StoredResource present;
    private final int attempt;
    private final KnownConversions known = new KnownConversions();

    Attempt(
        ConvertedObjects objects,
        WriteRequest request,
        @Nullable StoredResource present,
        int attempt) {
      this.objects = objects;
      this.request = request;
      this.present = present;
      this.attempt = attempt;
    }

    CompletionStage<WriteReply> begin(@Nullable ObjectNode stored) {
      if (stored == null) {
        return decide(null, false);
      }
      boolean isOld = !Json.text(stored, "apiVersion").equals(storedVersion());
      return objects
          .one(objects.type().kind().recalled(stored), request.mutation().apiVersion())
          .thenCompose(current -> decide(current, isOld));
    }

    private String storedVersion() {
      return objects.type().storage().apiVersion();
    }

    /// @param isOld whether the object is stored in a version in which it is not stored any more
    private CompletionStage<WriteReply> decide(@Nullable ObjectNode current, boolean isOld) {
      MutationResult result;
      try {
        result = mutator.apply(current, request.mutation(), known);
      } catch (KnownConversions.Wanting wanted) {
        return learn(wanted).thenCompose(_ -> decide(current, isOld));
      }
      return switch (result) {
        case MutationResult.Refused(var refusal) -> refused(refusal);
        case MutationResult.Unchanged(var object, var warnings) ->
            isOld ? store(object, Effect.CHANGED, warnings) : unchanged(object, warnings);
        case MutationResult.Stored(var object, var created, var warnings) ->
            store(object, created ? Effect.CREATED : Effect.CHANGED, warnings);
        case MutationResult.Removed(var last, var warnings) ->
            store(last, Effect.REMOVED, warnings);
      };
    }

    /// Who owns what is nothing that an update fails for; what is applied depends on it.
    private CompletionStage<?> learn(KnownConversions.Wanting wanted) {
      if (known.count() >= MOST_CONVERSIONS) {
        throw new IllegalStateException("an object has owners in too many versions");
      }
      var converted =
          objects
              .one(wanted.object(), wanted.apiVersion())
              .<@Nullable ObjectNode>thenApply(object -> object);
      return request.mutation().mutation() instanceof Mutation.Apply
          ? converted.thenAccept(object -> known.learn(wanted, object))
          : converted.exceptionally(_ -> null).thenAccept(object -> known.learn(wanted, object));
    }

    private CompletionStage<WriteReply> unchanged(ObjectNode object, List<String> warnings) {
      long version = present == null ? Version.NONE : present.version();
      return CompletableFuture.completedFuture(
          new WriteReply.Written(Outcome.UNCHANGED, JsonEncoder.encode(object), version, warnings));
    }

    private CompletionStage<WriteReply> store(
        ObjectNode object, Effect effect, List<String> warnings) {
      return objects
          .one(object, storedVersion())
          .thenCompose(stored -> resources.write(request.with(decided(stored, effect))))
          .thenCompose(reply ->
              attempt < TRIES && isOutrun(request, effect, reply)
                  ? write(objects, request, attempt + 1)
                  : answer(objects, withWarnings(reply, warnings), false));
    }

    private MutationRequest decided(ObjectNode object, Effect effect) {
      if (present != null) {
        Json.child(object, "metadata").put("resourceVersion", Version.format(present.version()));
      }
      var wanted = request.mutation();
      return new MutationRequest(
          wanted.key(),
          storedVersion(),
          Subresources.WHOLE,
          new Mutation.Decided(object, effect),
          wanted.options(),
          wanted.facts());
    }
  }

  /// Whether the object is no longer what the result was computed from.
  private static boolean isOutrun(WriteRequest request, Effect effect, WriteReply reply) {
    if (!(reply instanceof WriteReply.Refused(var refusal))
        || request.mutation().mutation() instanceof Mutation.Create) {
      return false;
    }
    return switch (refusal.reason()) {
      case CONFLICT -> true;
      case ALREADY_EXISTS -> effect == Effect.CREATED;
      case NOT_FOUND -> effect != Effect.CREATED;
      default -> false;
    };
  }

  private static WriteReply withWarnings(WriteReply reply, List<String> warnings) {
    return switch (reply) {
      case WriteReply.Written(var outcome, var json, var version, _) ->
          new WriteReply.Written(outcome, json, version, warnings);
      case WriteReply.Removed(var json, var version, _) ->
          new WriteReply.Removed(json, version, warnings);
      case WriteReply.Refused _ -> reply;
    };
  }
}
