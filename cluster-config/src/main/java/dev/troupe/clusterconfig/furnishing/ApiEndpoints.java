package dev.troupe.clusterconfig.furnishing;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.reading.Chunk;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.resource.StoredResource;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Where the service `kubernetes` is served: each member has a slice of its own, with the address
/// at which clients reach its API. It writes it while it serves, and takes those away of members
/// that are gone. Addresses that mean another machine everywhere, such as loopback, are told to
/// nobody.
public final class ApiEndpoints {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String API_VERSION = "discovery.k8s.io/v1";
  private static final TypeRef SLICES = new TypeRef("discovery.k8s.io", "endpointslices");
  private static final String NAMESPACE = "default";
  private static final String MEMBER = "troupe.dev/member";

  private final ObjectWrites writes;
  private final Place self;
  private final Supplier<Set<String>> living;

  /// @param member as it is called among members: host and port
  /// @param host where clients reach its API
  public record Place(String member, String host, int port) {}

  /// @param living the members of the cluster, as they are called there
  public ApiEndpoints(ObjectWrites writes, Place self, Supplier<Set<String>> living) {
    this.writes = writes;
    this.self = self;
    this.living = living;
  }

  /// Writes this member's own, if it is reached at an address that others may be told. Looks its
  /// name up, which may take a while.
  CompletionStage<Void> publish() {
    return address()
        .map(address -> writes.merge(key(self.member()), slice(address)).thenCompose(_ -> done()))
        .orElseGet(ApiEndpoints::done);
  }

  /// Takes this member's own away.
  CompletionStage<Void> withdraw() {
    var key = key(self.member());
    return writes
        .resources()
        .get(key)
        .thenCompose(found -> found.map(this::delete).orElseGet(ApiEndpoints::done));
  }

  /// Takes those of members away that are in the cluster no more.
  CompletionStage<Void> dropDead() {
    return writes
        .resources()
        .list(ListQuery.of(SLICES, NAMESPACE))
        .thenCompose(
            cursor -> slices(cursor, new ArrayList<>()).whenComplete((_, _) -> cursor.close()))
        .thenCompose(this::dropDead);
  }

  private CompletionStage<List<StoredResource>> slices(
      ListCursor cursor, List<StoredResource> found) {
    return cursor
        .next()
        .thenCompose(chunk -> {
          addOurs(chunk, found);
          return chunk.last() ? CompletableFuture.completedFuture(found) : slices(cursor, found);
        });
  }

  private static void addOurs(Chunk chunk, List<StoredResource> found) {
    while (chunk.items().hasNext()) {
      var slice = chunk.items().next();
      if (slice.key().name().startsWith("kubernetes-") && !member(slice).isEmpty()) {
        found.add(slice);
      }
    }
  }

  private CompletionStage<Void> dropDead(List<StoredResource> slices) {
    var present = living.get();
    return CompletableFuture.allOf(
        slices.stream()
            .filter(slice -> !present.contains(member(slice)))
            .map(this::delete)
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }

  private static String member(StoredResource slice) {
    return JSON.readTree(slice.json())
        .path("metadata")
        .path("annotations")
        .path(MEMBER)
        .asString("");
  }

  private CompletionStage<Void> delete(StoredResource slice) {
    return writes.delete(slice.key(), API_VERSION, slice.uid()).thenCompose(_ -> done());
  }

  private static CompletionStage<Void> done() {
    return FirstObjects.DONE;
  }

  private static ResourceKey key(String member) {
    return new ResourceKey(
        SLICES, NAMESPACE, "kubernetes-" + HexFormat.of().toHexDigits(member.hashCode()));
  }

  /// One that every reader takes for the same machine.
  private Optional<InetAddress> address() {
    try {
      return Optional.of(InetAddress.getByName(self.host()))
          .filter(address ->
              !address.isLoopbackAddress()
                  && !address.isAnyLocalAddress()
                  && !address.isLinkLocalAddress()
                  && !address.isMulticastAddress());
    } catch (UnknownHostException unknown) {
      return Optional.empty();
    }
  }

  private ObjectNode slice(InetAddress address) {
    return FirstObjects.object(
        """
        {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
         "metadata": {"name": "%s", "namespace": "default",
           "labels": {"kubernetes.io/service-name": "kubernetes"},
           "annotations": {"%s": "%s"}},
         "addressType": "%s",
         "endpoints": [{"addresses": ["%s"], "conditions": {"ready": true}}],
         "ports": [{"name": "https", "protocol": "TCP", "port": %d}]}
        """
            .formatted(
                key(self.member()).name(),
                MEMBER,
                self.member(),
                address instanceof Inet4Address ? "IPv4" : "IPv6",
                address.getHostAddress(),
                self.port()));
  }
}
