package dev.troupe.benchmarks.actors;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.WriteCause;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Config maps of 1.5 KB, as the API server hands them over.
final class ActorWrites {

  /// So many objects are updated in turn; they stay awake.
  static final int OBJECTS = 2_000;

  static final TypeRef COLLECTION = TypeRef.core("configmaps");

  private static final String FILLER = "x".repeat(1_300);
  private static final WriteCause CAUSE = WriteCause.user("admin", "bench", "update");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonMapper JSON = JsonMapper.shared();

  private ActorWrites() {}

  static WriteRequest create(long number, Instant now) {
    return request(number, new Mutation.Create(object(number)), now);
  }

  static WriteRequest update(long number, Instant now) {
    return request(number, new Mutation.Update(object(number)), now);
  }

  private static WriteRequest request(long number, Mutation mutation, Instant now) {
    var key = new ResourceKey(COLLECTION, "default", name(number));
    var facts = new Facts(now, UUID.randomUUID().toString(), "bench");
    var request =
        new MutationRequest(key, "v1", Subresources.WHOLE, mutation, Options.DEFAULT, facts);
    return new WriteRequest(request, CAUSE, "", 0, now.plus(PATIENCE));
  }

  private static ObjectNode object(long number) {
    var object = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
    object
        .putObject("metadata")
        .put("name", name(number))
        .put("namespace", "default")
        .putObject("labels")
        .put("app", "bench");
    object.putObject("data").put("filler", FILLER).put("number", Long.toString(number));
    return object;
  }

  private static String name(long number) {
    return "object-" + number % OBJECTS;
  }
}
