package dev.troupe.apiserver.write;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.apiserver.admission.NodePortClaims.Claim;
import dev.troupe.apiserver.admission.NodePortClaims.Claimant;
import dev.troupe.apiserver.admission.NodePortNeed;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.encoding.Json;
import dev.troupe.apiserver.read.SnapshotReader;
import dev.troupe.apiserver.write.ServiceClaims.Wanted;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.subresource.Whole;
import dev.troupe.runtime.resource.WriteReply;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes of services: a cluster IP and node ports are claimed before the service that has them is
/// stored.
public final class ServiceWrites {

  private static final TypeRef SERVICES = TypeRef.core("services");

  /// How often a write is decided anew because the service has changed meanwhile.
  private static final int TRIES = 8;

  private final Writer writer;
  private final SnapshotReader snapshots;
  private final Mutator mutator;
  private final ServiceClaims claims;

  public ServiceWrites(
      Writer writer, SnapshotReader snapshots, Mutator mutator, ServiceClaims claims) {
    this.writer = writer;
    this.snapshots = snapshots;
    this.mutator = mutator;
    this.claims = claims;
  }

  /// Whether a write is about the spec of a service.
  static boolean concerns(Ask ask) {
    return ask.endpoint().type().ref().equals(SERVICES)
        && ask.target().subresource() instanceof Whole;
  }

  /// Stores a service with the address and node ports that it needs. They are given back if it is
  /// refused.
  CompletionStage<WriteReply> create(Ask ask, ObjectNode service, MutationRequest request) {
    if (request.options().dryRun()) {
      return writer.send(ask, request);
    }
    JsonNode spec = service.path("spec");
    List<NodePortNeed> ports = List.of();
    if (NodePortNeed.isExternal(spec)) {
      var foreseen = foreseen(null, request);
      if (foreseen == null) {
        return writer.send(ask, request);
      }
      ports = NodePortNeed.of(foreseen.object().path("spec"), Set.of());
    }
    var wanted = new Wanted(wantsAddress(spec) ? address(spec) : null, ports);
    return store(ask, service, request, wanted, request.facts().newUid());
  }

  private CompletionStage<WriteReply> store(
      Ask ask, ObjectNode service, MutationRequest request, Wanted wanted, String uid) {
    if (wanted.nothing()) {
      return writer.send(ask, request);
    }
    var call = ask.call();
    var claimant = new Claimant(request.key(), uid, call.received(), call.deadline());
    return call.thenStage(
        claims.take(ask, claimant, wanted),
        taken -> {
          taken.fill(service);
          return writer
              .send(ask, request)
              .thenCompose(reply ->
                  reply instanceof WriteReply.Refused(var refusal)
                          && refusal.reason() != StatusReason.TIMEOUT
                      ? claims.giveBack(ask, taken).thenApply(_ -> reply)
                      : CompletableFuture.completedFuture(reply));
        });
  }

  /// Changes a service, by replacing or patching it. What comes of it is looked at first: only a
  /// service that keeps its claims may be stored.
  CompletionStage<WriteReply> change(Ask ask, MutationRequest request) {
    return change(ask, request, 1);
  }

  private CompletionStage<WriteReply> change(Ask ask, MutationRequest request, int attempt) {
    return ask.call()
        .thenStage(
            snapshots.newest(SERVICES, ask.namespace()),
            state -> {
              var current = state.get(ask.namespace(), request.key().name());
              if (current.isPresent()) {
                return change(ask, request, Json.object(current.get().json()), attempt);
              }
              return request.mutation() instanceof Mutation.Update(var object)
                  ? create(ask, object, request)
                  : writer.send(ask, request);
            });
  }

  private CompletionStage<WriteReply> change(
      Ask ask, MutationRequest request, ObjectNode before, int attempt) {
    var foreseen = request.options().dryRun() ? null : foreseen(before, request);
    if (foreseen == null) {
      return writer.send(ask, request);
    }
    JsonNode spec = foreseen.object().path("spec");
    String uid = before.path("metadata").path("uid").asString("");
    var held = NodePortNeed.numbers(before.path("spec"));
    var ports =
        NodePortNeed.isExternal(spec) ? NodePortNeed.of(spec, held) : List.<NodePortNeed>of();
    var wanted = new Wanted(newAddress(spec, before.path("spec")), ports);
    boolean exact = !wanted.nothing() || restatesPorts(request.mutation(), spec, before);
    held.removeAll(NodePortNeed.numbers(spec));
    return ask.call()
        .thenStage(
            claims.held(held, uid),
            gone -> {
              var stored =
                  exact
                      ? storeExactly(ask, request, before, foreseen, wanted, attempt)
                      : writer.send(ask, request);
              return gone.isEmpty() ? stored : releasing(ask, gone, stored);
            });
  }

  /// Whether a service that has lost a node port in the meantime would get it back unclaimed.
  private static boolean restatesPorts(Mutation mutation, JsonNode spec, ObjectNode before) {
    return !NodePortNeed.numbers(spec).isEmpty()
        && (mutation instanceof Mutation.Update || !spec.equals(before.path("spec")));
  }

  /// Stores what was foreseen, with its claims, if nothing has changed since; else begins anew.
  private CompletionStage<WriteReply> storeExactly(
      Ask ask,
      MutationRequest request,
      ObjectNode before,
      MutationResult.Stored foreseen,
      Wanted wanted,
      int attempt) {
    var object = foreseen.object();
    String uid = before.path("metadata").path("uid").asString("");
    return ask.call()
        .thenStage(
            store(ask, object, completed(request, object, before), wanted, uid),
            reply ->
                switch (reply) {
                  case WriteReply.Refused(var refusal)
                      when refusal.reason() == StatusReason.CONFLICT && attempt < TRIES ->
                      change(ask, request, attempt + 1);
                  case WriteReply.Written(var outcome, var json, var version, _) ->
                      CompletableFuture.completedFuture(
                          new WriteReply.Written(outcome, json, version, foreseen.warnings()));
                  case WriteReply.Refused _, WriteReply.Removed _ ->
                      CompletableFuture.completedFuture(reply);
                });
  }

  /// The claims were made before the change, and are the service's own: if the change is stored
  /// without their numbers, nothing needs them.
  private CompletionStage<WriteReply> releasing(
      Ask ask, List<Claim> gone, CompletionStage<WriteReply> stored) {
    return ask.call()
        .thenStage(
            stored,
            reply -> {
              if (!(reply instanceof WriteReply.Written written)) {
                return CompletableFuture.completedFuture(reply);
              }
              var kept = NodePortNeed.numbers(Json.object(written.json()).path("spec"));
              var free = gone.stream().filter(claim -> !kept.contains(claim.port())).toList();
              return claims.giveBackAll(ask, "", free).thenApply(_ -> reply);
            });
  }

  /// Writes what was foreseen, with its address, on the condition that nothing has changed since.
  private static MutationRequest completed(
      MutationRequest request, ObjectNode after, ObjectNode before) {
    ((ObjectNode) after.path("metadata"))
        .set("resourceVersion", before.path("metadata").path("resourceVersion"));
    return with(request, new Mutation.Update(after));
  }

  /// Gives back what a service had once the service is gone.
  CompletionStage<WriteReply> released(Ask ask, CompletionStage<WriteReply> deletion) {
    return ask.call()
        .thenStage(
            deletion,
            reply ->
                reply instanceof WriteReply.Removed removed
                    ? release(ask, Json.object(removed.json())).thenApply(_ -> reply)
                    : CompletableFuture.completedFuture(reply));
  }

  private CompletionStage<Void> release(Ask ask, ObjectNode service) {
    JsonNode spec = service.path("spec");
    String address = spec.path("clusterIP").asString("");
    String uid = service.path("metadata").path("uid").asString("");
    return claims
        .held(NodePortNeed.numbers(spec), uid)
        .thenCompose(ports -> claims.giveBackAll(ask, address.equals("None") ? "" : address, ports))
        .exceptionally(_ -> null);
  }

  /// Null unless the request would store something.
  private MutationResult.@Nullable Stored foreseen(
      @Nullable ObjectNode before, MutationRequest request) {
    return mutator.apply(before, with(request, copied(request.mutation())))
            instanceof MutationResult.Stored stored
        ? stored
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

  /// The address that must be claimed for a change; null if none.
  private static @Nullable String newAddress(JsonNode after, JsonNode before) {
    String address = address(after);
    boolean kept = !address.isEmpty() && address.equals(address(before));
    return wantsAddress(after) && !kept ? address : null;
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
}
