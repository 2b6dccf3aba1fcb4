package dev.troupe.resources.mutation.decision;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Subresources;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Requests and stored objects in few words. JSON may be written with single quotes.
final class Given {

  static final Instant NOW = Instant.parse("2026-11-23T12:00:00.7Z");
  static final StandardMutator MUTATOR = StandardMutator.standard();

  private static final JsonMapper JSON = new JsonMapper();

  private static final Set<String> WITHOUT_NAMESPACE =
      Set.of(
          "customresourcedefinitions.apiextensions.k8s.io",
          "namespaces",
          "nodes",
          "priorityclasses.scheduling.k8s.io");

  private Given() {}

  static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }

  static ObjectNode object(String text) {
    return (ObjectNode) json(text);
  }

  /// A request about `web`: in namespace `default`, unless the type is not namespaced.
  static Request request(String type, String apiVersion) {
    var namespaced = !WITHOUT_NAMESPACE.contains(type);
    return new Request(
        new ResourceKey(TypeRef.parse(type), namespaced ? "default" : "", "web"),
        apiVersion,
        Subresources.WHOLE,
        Options.DEFAULT);
  }

  record Request(ResourceKey key, String apiVersion, Subresource subresource, Options options) {

    Request at(String subresource) {
      return new Request(key, apiVersion, Subresources.named(subresource), options);
    }

    Request named(String name) {
      return new Request(
          new ResourceKey(key.type(), key.namespace(), name), apiVersion, subresource, options);
    }

    Request validating(FieldValidation validation, String... duplicates) {
      return new Request(
          key,
          apiVersion,
          subresource,
          new Options(validation, false, "test", List.of(duplicates)));
    }

    Request as(String fieldManager) {
      return new Request(
          key,
          apiVersion,
          subresource,
          new Options(options.fieldValidation(), false, fieldManager, options.duplicateFields()));
    }

    MutationResult apply(@Nullable ObjectNode current, Mutation mutation) {
      var facts = new Facts(NOW, "uid-new", null);
      return MUTATOR.apply(
          current, new MutationRequest(key, apiVersion, subresource, mutation, options, facts));
    }

    MutationResult create(String body) {
      return apply(null, new Mutation.Create(object(body)));
    }

    MutationResult update(@Nullable ObjectNode current, String body) {
      return apply(current, new Mutation.Update(object(body)));
    }

    MutationResult patch(ObjectNode current, PatchType type, String patch) {
      return apply(current, new Mutation.Patch(type, json(patch)));
    }

    MutationResult merge(@Nullable ObjectNode current, String planned) {
      return apply(current, new Mutation.Merge(object(planned)));
    }

    MutationResult delete(ObjectNode current, DeleteOptions options) {
      return apply(current, new Mutation.Delete(options));
    }

    /// What is stored after creating `body`, at version 7.
    ObjectNode stored(String body) {
      return store(create(body));
    }
  }

  /// Without owners, which tests of their own look at.
  static ObjectNode store(MutationResult result) {
    var object = storeOwned(result);
    ((ObjectNode) object.get("metadata")).remove("managedFields");
    return object;
  }

  static ObjectNode storeOwned(MutationResult result) {
    if (!(result instanceof MutationResult.Stored stored)) {
      throw new AssertionError(result.toString());
    }
    var object = (ObjectNode) JSON.readTree(stored.object().toString());
    ((ObjectNode) object.get("metadata")).put("resourceVersion", "7");
    return object;
  }

  static Refusal refusal(MutationResult result) {
    if (!(result instanceof MutationResult.Refused(var refusal))) {
      throw new AssertionError(result.toString());
    }
    return refusal;
  }
}
