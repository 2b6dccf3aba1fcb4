package dev.troupe.testkit.world;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.controller.view.Json;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.WriteCause;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.InstantSource;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// Somebody who writes to a world's resources from outside, at once.
final class WorldUser {

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
  WriteReply apply(HasMetadata object) {
    var planned = (ObjectNode) Json.tree(object);
    return write(
        types.key(object), object.getApiVersion(), Subresources.WHOLE, new Mutation.Merge(planned));
  }

  WriteReply status(HasMetadata object) {
    var patch = Json.empty();
    patch.set("status", Json.tree(object).path("status"));
    var mutation = new Mutation.Patch(Mutation.PatchType.MERGE, patch);
    return write(types.key(object), object.getApiVersion(), Subresources.STATUS, mutation);
  }

  WriteReply replace(HasMetadata object) {
    var body = (ObjectNode) Json.tree(object);
    return write(
        types.key(object), object.getApiVersion(), Subresources.WHOLE, new Mutation.Update(body));
  }

  /// In the background.
  WriteReply delete(ResourceKey key) {
    var options = new Mutation.DeleteOptions(null, "Background", null, null, null);
    var apiVersion = types.of(key.type()).storage().apiVersion();
    return write(key, apiVersion, Subresources.WHOLE, new Mutation.Delete(options));
  }

  private WriteReply write(
      ResourceKey key, String apiVersion, Subresource subresource, Mutation mutation) {
    var now = time.instant();
    var uid = new UUID(seed, ++uids).toString();
    var facts = new MutationRequest.Facts(now, uid, store.namespaceUid(key));
    var request =
        new MutationRequest(
            key, apiVersion, subresource, mutation, MutationRequest.Options.DEFAULT, facts);
    var cause = WriteCause.user("test", "", mutation.getClass().getSimpleName());
    return store.write(new WriteRequest(request, cause, "", 0, now.plusSeconds(PATIENCE_SECONDS)));
  }
}
