package dev.troupe.testkit.world.controller;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.patch.MergePatch;
import dev.troupe.resources.patch.Patched;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.WriteCause;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.InstantSource;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Somebody who writes to a world's resources from outside, at once.
public final class WorldUser {

  private static final int PATIENCE_SECONDS = 60;

  private final Types types;
  private final WorldStore store;
  private final InstantSource time;
  private final long seed;
  private long uids;

  WorldUser(Types types, WorldStore store, InstantSource time, long seed) {
    this.types = types;
    this.store = store;
    this.time = time;
    this.seed = seed;
  }

  /// Creates the object, or merges the given fields into it.
  public WriteReply apply(HasMetadata object) {
    var planned = (ObjectNode) ControllerJson.tree(object);
    return write(
        types.key(object), object.getApiVersion(), Subresources.WHOLE, new Mutation.Merge(planned));
  }

  /// The same of an object that is JSON.
  public WriteReply apply(ResourceKey key, ObjectNode planned) {
    var apiVersion = planned.path("apiVersion").asString("");
    return write(key, apiVersion, Subresources.WHOLE, new Mutation.Merge(planned));
  }

  /// Puts an object there that is somewhere else, as it is, uid and all.
  public void copy(ResourceKey key, ObjectNode object) {
    store.place(key, object);
  }

  /// Makes the object what it is said to be. It stays the one that it was, if it was there.
  public void place(HasMetadata object) {
    var key = types.key(object);
    var placed = (ObjectNode) ControllerJson.tree(object);
    place(key, placed);
  }

  private void place(ResourceKey key, ObjectNode placed) {
    var kind = types.of(key.type()).kind();
    kind.defaults().complete(placed);
    var before =
        store
            .get(key)
            .map(found -> ControllerJson.object(found.json()))
            .orElseGet(ControllerJson::empty);
    if (before.isEmpty()) {
      kind.admit(placed)
          .ifPresent(why -> {
            throw new AssertionError(key + ": " + why);
          });
    }
    var was = before.path("metadata");
    var metadata = (ObjectNode) placed.get("metadata");
    var uid = metadata.hasNonNull("uid") ? metadata.get("uid").asString() : uid();
    metadata.put("uid", was.path("uid").asString(uid));
    var now = time.instant().toString();
    metadata.put("creationTimestamp", was.path("creationTimestamp").asString(now));
    boolean same = before.path("spec").equals(placed.path("spec"));
    long generation = was.path("generation").asLong(0);
    metadata.put("generation", same && generation > 0 ? generation : generation + 1);
    store.place(key, isOver(metadata) ? null : placed);
  }

  /// It is being deleted, and nothing holds it.
  private static boolean isOver(JsonNode metadata) {
    return metadata.hasNonNull("deletionTimestamp")
        && metadata.path("finalizers").isEmpty()
        && metadata.path("deletionGracePeriodSeconds").asLong(0) == 0;
  }

  private String uid() {
    return new UUID(seed, ++uids).toString();
  }

  /// Places the object with a JSON merge patch applied to it.
  public void place(ResourceKey key, JsonNode patch) {
    var before = store.get(key).orElseThrow(() -> new AssertionError(key + " does not exist"));
    switch (MergePatch.apply(ControllerJson.object(before.json()), patch)) {
      case Patched.Applied(var document) -> place(key, document);
      case Patched.Rejected(_, var why) -> throw new AssertionError(key + ": " + why);
    }
  }

  public WriteReply status(HasMetadata object) {
    var patch = ControllerJson.empty();
    patch.set("status", ControllerJson.tree(object).path("status"));
    var mutation = new Mutation.Patch(Mutation.PatchType.MERGE, patch);
    return write(types.key(object), object.getApiVersion(), Subresources.STATUS, mutation);
  }

  public WriteReply replace(HasMetadata object) {
    var body = (ObjectNode) ControllerJson.tree(object);
    return write(
        types.key(object), object.getApiVersion(), Subresources.WHOLE, new Mutation.Update(body));
  }

  /// In the background.
  public WriteReply delete(ResourceKey key) {
    var options = new Mutation.DeleteOptions(null, "Background", null, null, null);
    var apiVersion = types.of(key.type()).storage().apiVersion();
    return write(key, apiVersion, Subresources.WHOLE, new Mutation.Delete(options));
  }

  private WriteReply write(
      ResourceKey key, String apiVersion, Subresource subresource, Mutation mutation) {
    var now = time.instant();
    var facts = new MutationRequest.Facts(now, uid(), store.namespaceUid(key));
    var request =
        new MutationRequest(
            key, apiVersion, subresource, mutation, MutationRequest.Options.DEFAULT, facts);
    var cause = WriteCause.user("test", "", mutation.getClass().getSimpleName());
    return store.write(new WriteRequest(request, cause, "", 0, now.plusSeconds(PATIENCE_SECONDS)));
  }
}
