package dev.troupe.apiserver.rest;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.apiserver.admission.AddressClaims;
import dev.troupe.apiserver.encoding.Json;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import dev.troupe.runtime.resource.WriteReply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes of services: a cluster IP is claimed before the service that has it is stored.
final class ServiceWrites {

  private static final TypeRef SERVICES = TypeRef.core("services");

  private final Writer writer;
  private final SnapshotReader snapshots;
  private final Mutator mutator;
  private final AddressClaims claims;

  ServiceWrites(Writer writer, SnapshotReader snapshots, Mutator mutator, AddressClaims claims) {
    this.writer = writer;
    this.snapshots = snapshots;
    this.mutator = mutator;
    this.claims = claims;
  }

  /// Whether a write is about the spec of a service.
  static boolean concerns(Ask ask) {
    return ask.endpoint().type().ref().equals(SERVICES) && ask.target().subresource().isEmpty();
  }

  /// Stores a service that has no address yet, or another than it had. Its claim is given back if
  /// it is refused.
  CompletionStage<WriteReply> create(Ask ask, ObjectNode service, MutationRequest request) {
    checkPorts(service.path("spec"), request.key());
    if (request.options().dryRun() || !wantsAddress(service.path("spec"))) {
      return writer.send(ask, request);
    }
    return ask.call()
        .thenStage(
            claim(ask, service, request.key()),
            address -> {
              setAddress(service, address);
              return writer
                  .send(ask, request)
                  .whenComplete((reply, _) -> {
                    if (reply instanceof WriteReply.Refused(var refusal) && refusal.code() != 504) {
                      release(ask, address);
                    }
                  });
            });
  }

  /// Changes a service, by replacing or patching it. What comes of it is looked at first: only a
  /// service that keeps its claims may be stored.
  CompletionStage<WriteReply> change(Ask ask, MutationRequest request) {
    return ask.call()
        .thenStage(
            snapshots.newest(SERVICES, ask.namespace()),
            state -> {
              var current = state.get(ask.namespace(), request.key().name());
              if (current.isPresent()) {
                return change(ask, request, Json.object(current.get().json()));
              }
              return request.mutation() instanceof Mutation.Update(var object)
                  ? create(ask, object, request)
                  : writer.send(ask, request);
            });
  }

  private CompletionStage<WriteReply> change(Ask ask, MutationRequest request, ObjectNode before) {
    ObjectNode after = foreseen(before, request);
    if (after == null) {
      return writer.send(ask, request);
    }
    checkPorts(after.path("spec"), request.key());
    String address = address(after.path("spec"));
    boolean complete =
        !wantsAddress(after.path("spec"))
            || (!address.isEmpty() && address.equals(address(before.path("spec"))));
    return complete || request.options().dryRun()
        ? writer.send(ask, request)
        : create(ask, after, completed(request, after, before));
  }

  /// Writes what was foreseen, with its address, on the condition that nothing has changed since.
  private static MutationRequest completed(
      MutationRequest request, ObjectNode after, ObjectNode before) {
    ((ObjectNode) after.path("metadata"))
        .set("resourceVersion", before.path("metadata").path("resourceVersion"));
    return with(request, new Mutation.Update(after));
  }

  /// Gives the address of a service back once the service is gone.
  CompletionStage<WriteReply> released(Ask ask, CompletionStage<WriteReply> deletion) {
    return deletion.whenComplete((reply, _) -> {
      if (reply instanceof WriteReply.Removed removed) {
        JsonNode spec = Json.object(removed.json()).path("spec");
        String address = spec.path("clusterIP").asString("");
        if (!address.isEmpty() && !address.equals("None")) {
          release(ask, address);
        }
      }
    });
  }

  private @Nullable ObjectNode foreseen(ObjectNode before, MutationRequest request) {
    return mutator.apply(before, with(request, copied(request.mutation())))
            instanceof MutationResult.Stored stored
        ? stored.object()
        : null;
  }

  private static MutationRequest with(MutationRequest request, Mutation mutation) {
    return new MutationRequest(
        request.key(),
        request.apiVersion(),
        request.subresource(),
        mutation,
        request.options(),
        request.facts());
  }

  private static Mutation copied(Mutation mutation) {
    return switch (mutation) {
      case Mutation.Create(var object) -> new Mutation.Create(object.deepCopy());
      case Mutation.Update(var object) -> new Mutation.Update(object.deepCopy());
      case Mutation.Patch(var type, var patch) -> new Mutation.Patch(type, patch.deepCopy());
      case Mutation.Merge(var planned) -> new Mutation.Merge(planned.deepCopy());
      case Mutation.Delete delete -> delete;
    };
  }

  private CompletionStage<String> claim(Ask ask, ObjectNode service, ResourceKey key) {
    String wanted = address(service.path("spec"));
    var call = ask.call();
    try {
      return wanted.isEmpty()
          ? claims.claimAny(key, call.received(), call.deadline())
          : claims.claim(wanted, key, call.received(), call.deadline());
    } catch (RefusedException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void release(Ask ask, String address) {
    var call = ask.call();
    claims.release(address, call.received(), call.deadline());
  }

  private static boolean wantsAddress(JsonNode spec) {
    return spec.isObject()
        && !spec.path("type").asString("").equals("ExternalName")
        && !address(spec).equals("None");
  }

  private static String address(JsonNode spec) {
    String single = spec.path("clusterIP").asString("");
    return single.isEmpty() ? spec.path("clusterIPs").path(0).asString("") : single;
  }

  private static void setAddress(ObjectNode service, String address) {
    var spec = (ObjectNode) service.path("spec");
    spec.put("clusterIP", address);
    spec.putArray("clusterIPs").add(address);
  }

  /// Node ports cannot be claimed yet, so a service that needs them is refused, not stored without.
  private static void checkPorts(JsonNode spec, ResourceKey key) {
    String type = spec.path("type").asString("");
    if (type.equals("NodePort") || type.equals("LoadBalancer")) {
      throw new RefusedException(
          Refusals.invalid(
              "",
              "Service",
              key.name(),
              List.of(
                  new FieldCause(
                      "FieldValueInvalid",
                      "Invalid value: \""
                          + type
                          + "\": node ports cannot be allocated yet; use ClusterIP, or"
                          + " ExternalName",
                      "spec.type"))));
    }
  }
}
