package dev.troupe.controllerhost.request;

import dev.troupe.controllerhost.connection.RemoteCall;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.runtime.controller.view.ControllerJson;
import tools.jackson.databind.node.ObjectNode;

/// Mutations as requests that every API server of Kubernetes understands.
///
/// What a controller wants to be there is applied on the server's side, so that it may be asked for
/// again and again; patches and deletions carry what they were decided on.
public final class MutationRequests {

  private static final String JSON = "application/json";
  private static final String APPLY = "application/apply-patch+yaml";

  private MutationRequests() {}

  public static RemoteCall of(MutationRequest request) {
    var key = request.key();
    var part = request.subresource().name();
    var collection = ApiPaths.collection(key.type(), request.apiVersion(), key.namespace());
    var object = ApiPaths.object(key, request.apiVersion()) + (part.isEmpty() ? "" : "/" + part);
    var manager = "?fieldManager=" + ApiPaths.query(request.options().fieldManager());
    return switch (request.mutation()) {
      case Mutation.Create(var created) ->
          with("POST", (part.isEmpty() ? collection : object) + manager, JSON, created);
      case Mutation.Update(var updated) -> with("PUT", object + manager, JSON, updated);
      case Mutation.Merge(var planned) ->
          with("PATCH", object + manager + "&force=true", APPLY, planned);
      case Mutation.Apply(var applied, boolean force, _) ->
          with("PATCH", object + manager + "&force=" + force, APPLY, applied);
      case Mutation.Patch(var type, var patch) ->
          new RemoteCall("PATCH", object + manager, contentType(type), ControllerJson.bytes(patch));
      case Mutation.Delete(var options) -> with("DELETE", object, JSON, options(options));
      case Mutation.Decided _ ->
          throw new IllegalArgumentException("nobody decides for an API server elsewhere");
    };
  }

  private static RemoteCall with(String method, String path, String contentType, ObjectNode body) {
    return new RemoteCall(method, path, contentType, ControllerJson.bytes(body));
  }

  private static String contentType(Mutation.PatchType type) {
    return switch (type) {
      case JSON -> "application/json-patch+json";
      case MERGE -> "application/merge-patch+json";
      case STRATEGIC -> "application/strategic-merge-patch+json";
    };
  }

  private static ObjectNode options(Mutation.DeleteOptions options) {
    var body = ControllerJson.empty().put("apiVersion", "v1").put("kind", "DeleteOptions");
    if (options.gracePeriodSeconds() != null) {
      body.put("gracePeriodSeconds", options.gracePeriodSeconds());
    }
    if (options.propagationPolicy() != null) {
      body.put("propagationPolicy", options.propagationPolicy());
    }
    if (options.preconditionUid() != null || options.preconditionResourceVersion() != null) {
      var preconditions = body.putObject("preconditions");
      if (options.preconditionUid() != null) {
        preconditions.put("uid", options.preconditionUid());
      }
      if (options.preconditionResourceVersion() != null) {
        preconditions.put("resourceVersion", options.preconditionResourceVersion());
      }
    }
    return body;
  }
}
