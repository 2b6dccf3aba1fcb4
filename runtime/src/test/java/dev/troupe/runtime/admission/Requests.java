package dev.troupe.runtime.admission;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.WriteCause;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Writes as tests need them; JSON is written with single quotes.
final class Requests {

  static final TypeRef NAMESPACES = TypeRef.core("namespaces");
  static final TypeRef CONFIG_MAPS = TypeRef.core("configmaps");
  static final TypeRef LEASES = new TypeRef("coordination.k8s.io", "leases");

  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static int uids;

  private Requests() {}

  static WriteRequest namespace(String name) {
    return create(
        new ResourceKey(NAMESPACES, "", name),
        "v1",
        "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'" + name + "'}}");
  }

  static ResourceKey configMap(String name) {
    return new ResourceKey(CONFIG_MAPS, "default", name);
  }

  static String configMap(String name, String value) {
    return "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'"
        + name
        + "'},'data':{'value':'"
        + value
        + "'}}";
  }

  static WriteRequest create(ResourceKey key, String apiVersion, String object) {
    return of(key, apiVersion, new Mutation.Create(json(object)));
  }

  static WriteRequest update(ResourceKey key, String apiVersion, String object) {
    return of(key, apiVersion, new Mutation.Update(json(object)));
  }

  static WriteRequest merge(ResourceKey key, String apiVersion, String object) {
    return of(key, apiVersion, new Mutation.Merge(json(object)));
  }

  static WriteRequest patch(ResourceKey key, String apiVersion, String patch) {
    return of(key, apiVersion, new Mutation.Patch(PatchType.MERGE, json(patch)));
  }

  static WriteRequest delete(ResourceKey key, String apiVersion) {
    return of(key, apiVersion, new Mutation.Delete(DeleteOptions.NONE));
  }

  static WriteRequest dry(WriteRequest request) {
    var wet = request.mutation();
    var options = new Options(FieldValidation.IGNORE, true, "", List.of());
    return request.with(
        new MutationRequest(
            wet.key(), wet.apiVersion(), wet.subresource(), wet.mutation(), options, wet.facts()));
  }

  static WriteRequest of(ResourceKey key, String apiVersion, Mutation mutation) {
    return new WriteRequest(
        new MutationRequest(
            key,
            apiVersion,
            Subresources.WHOLE,
            mutation,
            Options.DEFAULT,
            new Facts(NOON, "uid-" + ++uids, null)),
        WriteCause.user("test", "test", "write"),
        "",
        0,
        NOON.plusSeconds(60));
  }

  static ObjectNode json(String text) {
    return json(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  static ObjectNode json(byte[] text) {
    return JsonDecoder.stored(text);
  }
}
