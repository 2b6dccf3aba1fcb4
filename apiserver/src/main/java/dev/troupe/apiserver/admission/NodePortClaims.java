package dev.troupe.apiserver.admission;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.apiserver.encoding.Json;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.WriteCause;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Claims the node ports of services: whoever creates the object that is named like a number has
/// it. The objects are Troupe's own; the API does not show them.
public final class NodePortClaims {

  static final int FIRST = 30_000;
  static final int LAST = 32_767;

  private static final TypeRef NODE_PORTS = new TypeRef("internal.troupe.dev", "nodeports");
  private static final String API_VERSION = "internal.troupe.dev/v1";
  private static final WriteCause CAUSE = WriteCause.platform("node-port", "claim");

  /// The numbers below are left for those that are asked for.
  private static final int FIRST_RANDOM = 30_086;

  private static final int TRIES = 64;

  private final Resources resources;
  private final RandomGenerator random;
  private final Supplier<String> ids;

  public NodePortClaims(Resources resources, RandomGenerator random, Supplier<String> ids) {
    this.resources = resources;
    this.random = random;
    this.ids = ids;
  }

  /// For whom a number is claimed, and until when an answer is of use.
  ///
  /// @param uid that the service has, or will have
  public record Claimant(ResourceKey service, String uid, Instant now, Instant deadline) {}

  /// A number that is claimed, and the uid of the object that says so.
  public record Claim(int port, String uid) {}

  /// Fails with [RefusedException] if the number is taken, or none is free.
  public CompletionStage<Claim> claim(NodePortNeed need, Claimant claimant) {
    if (need.given() == 0) {
      return resources
          .snapshot(NODE_PORTS, null)
          .thenCompose(taken -> claimAny(taken, claimant, 1));
    }
    return create(need.given(), claimant)
        .thenApply(claim -> claim.orElseThrow(() -> allocated(need, claimant.service)));
  }

  private CompletionStage<Claim> claimAny(Snapshot taken, Claimant claimant, int attempt) {
    int port = candidate(taken);
    if (port == 0 || attempt > TRIES) {
      throw new RefusedException(
          Refusal.tooManyRequests("no free node port was found in " + FIRST + "-" + LAST, 1));
    }
    return create(port, claimant)
        .thenCompose(claim ->
            claim.isPresent()
                ? CompletableFuture.completedFuture(claim.get())
                : resources
                    .snapshot(NODE_PORTS, null)
                    .thenCompose(now -> claimAny(now, claimant, attempt + 1)));
  }

  /// The first free number from a random one on, those left for others last; 0 if there is none.
  private int candidate(Snapshot taken) {
    int size = LAST - FIRST_RANDOM + 1;
    int start = random.nextInt(size);
    for (int i = 0; i < size; i++) {
      int port = FIRST_RANDOM + (start + i) % size;
      if (isFree(port, taken)) {
        return port;
      }
    }
    for (int port = FIRST_RANDOM - 1; port >= FIRST; port--) {
      if (isFree(port, taken)) {
        return port;
      }
    }
    return 0;
  }

  private static boolean isFree(int port, Snapshot taken) {
    return taken.get("", Integer.toString(port)).isEmpty();
  }

  /// Which of these numbers are claimed for the service with this uid.
  public CompletionStage<List<Claim>> held(Collection<Integer> ports, String uid) {
    return resources
        .snapshot(NODE_PORTS, null)
        .thenApply(taken ->
            ports.stream()
                .flatMap(port -> held(taken.get("", Integer.toString(port)), port, uid).stream())
                .toList());
  }

  private static Optional<Claim> held(Optional<StoredResource> claim, int port, String uid) {
    return claim
        .filter(
            found -> Json.object(found.json()).path("spec").path("uid").asString("").equals(uid))
        .map(found -> new Claim(port, found.uid()));
  }

  /// Gives a number back, as well as that can be done: what is forgotten here is found by the
  /// repair of node ports.
  public CompletionStage<WriteReply> release(Claim claim, Instant now, Instant deadline) {
    var options = new DeleteOptions(null, null, null, claim.uid, null);
    return write(claim.port, new Mutation.Delete(options), ids.get(), now, deadline);
  }

  /// Empty if somebody else has the number.
  private CompletionStage<Optional<Claim>> create(int port, Claimant claimant) {
    String uid = ids.get();
    var object = new Mutation.Create(object(port, claimant));
    return write(port, object, uid, claimant.now, claimant.deadline)
        .thenApply(reply ->
            switch (reply) {
              case WriteReply.Written _ -> Optional.of(new Claim(port, uid));
              case WriteReply.Removed _ -> Optional.empty();
              case WriteReply.Refused(var refusal) -> {
                if (refusal.reason() == StatusReason.ALREADY_EXISTS) {
                  yield Optional.empty();
                }
                throw new RefusedException(refusal);
              }
            });
  }

  private CompletionStage<WriteReply> write(
      int port, Mutation mutation, String uid, Instant now, Instant deadline) {
    var request =
        new MutationRequest(
            new ResourceKey(NODE_PORTS, "", Integer.toString(port)),
            API_VERSION,
            Subresources.WHOLE,
            mutation,
            Options.DEFAULT,
            new Facts(now, uid, null));
    return resources.write(new WriteRequest(request, CAUSE, "", 0, deadline));
  }

  private static ObjectNode object(int port, Claimant claimant) {
    ObjectNode object =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", API_VERSION)
            .put("kind", "NodePort");
    object.putObject("metadata").put("name", Integer.toString(port));
    object
        .putObject("spec")
        .put("namespace", claimant.service.namespace())
        .put("service", claimant.service.name())
        .put("uid", claimant.uid);
    return object;
  }

  private static RefusedException allocated(NodePortNeed need, ResourceKey service) {
    return new RefusedException(
        Refusal.invalid(
            "",
            "Service",
            service.name(),
            List.of(
                new FieldCause(
                    CauseType.FIELD_VALUE_INVALID,
                    "Invalid value: " + need.given() + ": provided port is already allocated",
                    need.field()))));
  }
}
