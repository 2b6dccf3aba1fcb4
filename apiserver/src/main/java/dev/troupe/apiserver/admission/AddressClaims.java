package dev.troupe.apiserver.admission;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.WriteCause;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Claims the cluster IPs of services: whoever creates the `IPAddress` that is named like an
/// address has it.
public final class AddressClaims {

  private static final TypeRef ADDRESSES = new TypeRef("networking.k8s.io", "ipaddresses");
  private static final String API_VERSION = "networking.k8s.io/v1";
  private static final WriteCause CAUSE = WriteCause.platform("cluster-ip", "claim");
  private static final int TRIES = 64;

  private final Resources resources;
  private final AddressRange range;
  private final RandomGenerator random;
  private final Supplier<String> ids;

  public AddressClaims(
      Resources resources, AddressRange range, RandomGenerator random, Supplier<String> ids) {
    this.resources = resources;
    this.range = range;
    this.random = random;
    this.ids = ids;
  }

  /// Claims exactly this address. Fails with [RefusedException] if it is taken or out of range.
  public CompletionStage<String> claim(
      String address, ResourceKey service, Instant now, Instant deadline) {
    if (!range.contains(address)) {
      throw refused(
          service,
          address,
          "provided IP is not in the valid range. The range of valid IPs is " + range.text());
    }
    return create(address, service, now, deadline)
        .thenApply(claimed -> {
          if (!claimed) {
            throw refused(service, address, "provided IP is already allocated");
          }
          return address;
        });
  }

  /// Claims an address that is free.
  public CompletionStage<String> claimAny(ResourceKey service, Instant now, Instant deadline) {
    return resources
        .snapshot(ADDRESSES, null)
        .thenCompose(taken -> claimAny(taken, service, now, deadline, 1));
  }

  private CompletionStage<String> claimAny(
      Snapshot taken, ResourceKey service, Instant now, Instant deadline, int attempt) {
    String candidate = range.any(random);
    for (int i = 0; i < TRIES && taken.get("", candidate).isPresent(); i++) {
      candidate = range.any(random);
    }
    String address = candidate;
    return create(address, service, now, deadline)
        .thenCompose(claimed -> {
          if (claimed) {
            return CompletableFuture.completedFuture(address);
          }
          if (attempt >= TRIES) {
            throw new RefusedException(
                Refusal.tooManyRequests("no free cluster IP was found in " + range.text(), 1));
          }
          return claimAny(taken, service, now, deadline, attempt + 1);
        });
  }

  /// Gives an address back, as well as that can be done: what is forgotten here is found by the
  /// repair of addresses.
  public CompletionStage<WriteReply> release(String address, Instant now, Instant deadline) {
    return write(address, new Mutation.Delete(Mutation.DeleteOptions.NONE), now, deadline);
  }

  private CompletionStage<Boolean> create(
      String address, ResourceKey service, Instant now, Instant deadline) {
    return write(address, new Mutation.Create(object(address, service)), now, deadline)
        .thenApply(reply ->
            switch (reply) {
              case WriteReply.Written _ -> true;
              case WriteReply.Removed _ -> false;
              case WriteReply.Refused(var refusal) -> {
                if (refusal.reason() == StatusReason.ALREADY_EXISTS) {
                  yield false;
                }
                throw new RefusedException(refusal);
              }
            });
  }

  private CompletionStage<WriteReply> write(
      String address, Mutation mutation, Instant now, Instant deadline) {
    var request =
        new MutationRequest(
            new ResourceKey(ADDRESSES, "", address),
            API_VERSION,
            Subresources.WHOLE,
            mutation,
            Options.DEFAULT,
            new Facts(now, ids.get(), null));
    return resources.write(new WriteRequest(request, CAUSE, "", 0, deadline));
  }

  private static ObjectNode object(String address, ResourceKey service) {
    ObjectNode object =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", API_VERSION)
            .put("kind", "IPAddress");
    object
        .putObject("metadata")
        .put("name", address)
        .putObject("labels")
        .put("ipaddress.kubernetes.io/ip-family", "IPv4")
        .put("ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io");
    object
        .putObject("spec")
        .putObject("parentRef")
        .put("group", "")
        .put("resource", "services")
        .put("namespace", service.namespace())
        .put("name", service.name());
    return object;
  }

  private static RefusedException refused(ResourceKey service, String address, String why) {
    return new RefusedException(
        Refusal.invalid(
            "",
            "Service",
            service.name(),
            List.of(
                new FieldCause(
                    CauseType.FIELD_VALUE_INVALID,
                    "Invalid value: [\""
                        + address
                        + "\"]: failed to allocate IP "
                        + address
                        + ": "
                        + why,
                    "spec.clusterIPs"))));
  }
}
