package dev.troupe.runtime.resource.logic;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.kind.Plain;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.registry.ResourceType.Lifecycle;
import dev.troupe.resources.registry.ResourceType.Names;
import dev.troupe.resources.registry.ResourceType.Served;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.WriteCause;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes to config maps, as tests need them.
///
/// @param uidEnding makes the uids of this moment differ from those of others
public record Writes(
    String namespace,
    String mutationKey,
    Instant now,
    @Nullable String namespaceUid,
    String uidEnding) {

  public static final TypeRef COLLECTION = TypeRef.core("configmaps");

  public static final ResourceType TYPE =
      new ResourceType(
          COLLECTION,
          new Names("configmaps", "configmap", "ConfigMap", List.of("cm"), List.of()),
          true,
          true,
          List.of(new Served("", "v1", "io.k8s.api.core.v1.ConfigMap")),
          Set.of(),
          Set.of(),
          Map.of("kind", "data.kind"),
          new Lifecycle(false, false, true),
          new Plain());

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  public static Writes at(Instant now) {
    return new Writes("default", "", now, "ns-uid", "");
  }

  public Writes keyed(String key) {
    return new Writes(namespace, key, now, namespaceUid, uidEnding);
  }

  public Writes in(String other) {
    return new Writes(other, mutationKey, now, namespaceUid, uidEnding);
  }

  public Writes inNamespaceWithUid(String uid) {
    return new Writes(namespace, mutationKey, now, uid, uidEnding);
  }

  public Writes withUidsEnding(String ending) {
    return new Writes(namespace, mutationKey, now, namespaceUid, ending);
  }

  public ResourceKey key(String name) {
    return new ResourceKey(COLLECTION, namespace, name);
  }

  public WriteRequest create(String name, String value) {
    return request(name, new Mutation.Create(object(name, value, "")));
  }

  public WriteRequest merge(String name, String value) {
    return request(name, new Mutation.Merge(object(name, value, "")));
  }

  public WriteRequest update(String name, String value, long version) {
    return request(name, new Mutation.Update(object(name, value, Long.toString(version))));
  }

  public WriteRequest update(String name, String value) {
    return request(name, new Mutation.Update(object(name, value, "")));
  }

  public WriteRequest delete(String name) {
    return request(name, new Mutation.Delete(DeleteOptions.NONE));
  }

  public WriteRequest request(String name, Mutation mutation) {
    return new WriteRequest(
        new MutationRequest(
            key(name),
            "v1",
            Subresources.WHOLE,
            mutation,
            Options.DEFAULT,
            new Facts(now, "uid-" + name + uidEnding, namespaceUid)),
        WriteCause.user("test", "test", "write"),
        mutationKey,
        0,
        now.plusSeconds(60));
  }

  private ObjectNode object(String name, String value, String version) {
    var object = MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
    var metadata = object.putObject("metadata").put("name", name).put("namespace", namespace);
    metadata.putObject("labels").put("app", name);
    if (!version.isEmpty()) {
      metadata.put("resourceVersion", version);
    }
    object.putObject("data").put("value", value).put("kind", "test");
    return object;
  }

  /// The value that an object of these writes has.
  public static String value(byte[] json) {
    return JsonDecoder.stored(json).path("data").path("value").asString("");
  }
}
