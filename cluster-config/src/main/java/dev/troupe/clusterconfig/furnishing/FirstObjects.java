package dev.troupe.clusterconfig.furnishing;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.clusterconfig.member.MemberFailedException;
import dev.troupe.resources.kind.priority.SystemPriority;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.WriteCause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a cluster has from the beginning: the system namespaces and priorities, the service under
/// which the API itself is found, with the claim of its address, and its worker nodes.
///
/// Written at every start, and again when somebody has deleted or changed them. What is there as
/// wanted is not written again; what a person added to it stays.
public final class FirstObjects {

  static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeRef NAMESPACES = TypeRef.core("namespaces");
  private static final TypeRef PRIORITY_CLASSES =
      new TypeRef("scheduling.k8s.io", "priorityclasses");
  private static final List<String> OTHER_NAMESPACES =
      List.of("kube-node-lease", "kube-public", "kube-system");
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private static final ResourceKey SERVICE =
      new ResourceKey(TypeRef.core("services"), "default", "kubernetes");
  private static final ResourceKey CLAIM =
      new ResourceKey(new TypeRef("networking.k8s.io", "ipaddresses"), "", "10.96.0.1");

  private static final String CLAIM_OBJECT =
      """
      {"apiVersion": "networking.k8s.io/v1", "kind": "IPAddress",
       "metadata": {"name": "10.96.0.1", "labels": {
         "ipaddress.kubernetes.io/ip-family": "IPv4",
         "ipaddress.kubernetes.io/managed-by": "ipallocator.k8s.io"}},
       "spec": {"parentRef": {
         "group": "", "resource": "services", "namespace": "default", "name": "kubernetes"}}}
      """;

  private final Resources resources;
  private final InstantSource clock;
  private final Supplier<String> uids;

  public FirstObjects(Resources resources, InstantSource clock, Supplier<String> uids) {
    this.resources = resources;
    this.clock = clock;
    this.uids = uids;
  }

  /// @param port where the API is served
  /// @param nodes the worker nodes as they register themselves
  /// @return completes when all of them are there; fails with [MemberFailedException] if one is
  ///   refused
  CompletionStage<Void> ensure(int port, List<ObjectNode> nodes) {
    var parts = new ArrayList<CompletionStage<byte[]>>();
    OTHER_NAMESPACES.forEach(name -> parts.add(namespace(name)));
    SystemPriority.objects().forEach(one -> parts.add(priorityClass(one)));
    nodes.forEach(node -> parts.add(node(node)));
    parts.add(namespace("default").thenCompose(_ -> service(port)));
    return CompletableFuture.allOf(
        parts.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new));
  }

  private CompletionStage<byte[]> priorityClass(ObjectNode object) {
    var name = object.path("metadata").path("name").asString();
    return merge(new ResourceKey(PRIORITY_CLASSES, "", name), object);
  }

  private CompletionStage<byte[]> node(ObjectNode node) {
    var name = node.path("metadata").path("name").asString();
    return merge(new ResourceKey(TypeRef.core("nodes"), "", name), node);
  }

  private CompletionStage<byte[]> namespace(String name) {
    var object = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
    object.putObject("metadata").put("name", name);
    return merge(new ResourceKey(NAMESPACES, "", name), object);
  }

  /// Whoever stores a service claims its address. A claim without its service is left from a start
  /// that was interrupted, and a service without its claim gets it back.
  private CompletionStage<byte[]> service(int port) {
    return resources
        .get(SERVICE)
        .thenCompose(present ->
            present.isPresent()
                ? merge(SERVICE, apiService(port))
                    .thenCompose(_ -> merge(CLAIM, object(CLAIM_OBJECT)))
                : freeLeftClaim().thenCompose(_ -> merge(SERVICE, apiService(port))));
  }

  private CompletionStage<?> freeLeftClaim() {
    return resources
        .get(CLAIM)
        .thenCompose(claim ->
            claim
                .filter(FirstObjects::isOfService)
                .map(left -> {
                  var options = new DeleteOptions(null, null, null, left.uid(), null);
                  var deletion = new Mutation.Delete(options);
                  return resources.write(request(CLAIM, "networking.k8s.io/v1", deletion));
                })
                .orElseGet(() -> CompletableFuture.completedFuture(null)));
  }

  private static boolean isOfService(StoredResource claim) {
    var parent = JSON.readTree(claim.json()).at("/spec/parentRef");
    return parent.path("namespace").asString("").equals(SERVICE.namespace())
        && parent.path("name").asString("").equals(SERVICE.name());
  }

  private CompletionStage<byte[]> merge(ResourceKey key, ObjectNode object) {
    return resources
        .write(request(key, object.path("apiVersion").asString(), new Mutation.Merge(object)))
        .thenApply(reply -> written(key, reply));
  }

  private WriteRequest request(ResourceKey key, String apiVersion, Mutation mutation) {
    var now = clock.instant();
    var request =
        new MutationRequest(
            key,
            apiVersion,
            Subresources.WHOLE,
            mutation,
            new Options(FieldValidation.STRICT, false, "troupe", List.of()),
            new Facts(now, uids.get(), null));
    var cause = WriteCause.platform("assembly", "part of every cluster");
    return new WriteRequest(request, cause, "", 0, now.plus(DEADLINE));
  }

  private static byte[] written(ResourceKey key, WriteReply reply) {
    return switch (reply) {
      case WriteReply.Written written -> written.json();
      case WriteReply.Removed _ -> throw new IllegalStateException(key + " was removed by a merge");
      case WriteReply.Refused(var refusal) ->
          throw new MemberFailedException(key + " cannot be created: " + refusal.message(), null);
    };
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) JSON.readTree(text);
  }

  private static ObjectNode apiService(int port) {
    return object(
        """
        {"apiVersion": "v1", "kind": "Service",
         "metadata": {"name": "kubernetes", "namespace": "default", "labels": {
           "component": "apiserver", "provider": "kubernetes"}},
         "spec": {"type": "ClusterIP", "clusterIP": "10.96.0.1", "clusterIPs": ["10.96.0.1"],
           "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack", "sessionAffinity": "None",
           "ports": [{"name": "https", "protocol": "TCP", "port": 443, "targetPort": %d}]}}
        """
            .formatted(port));
  }
}
