package dev.troupe.clusterconfig.furnishing;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.kind.priority.SystemPriority;
import dev.troupe.runtime.resource.StoredResource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

  private final ObjectWrites writes;

  public FirstObjects(ObjectWrites writes) {
    this.writes = writes;
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

  /// Lets worker nodes register themselves that are not there: whatever has become of the others
  /// since is not changed.
  CompletionStage<Void> register(List<ObjectNode> nodes) {
    return CompletableFuture.allOf(
        nodes.stream()
            .map(node ->
                writes
                    .resources()
                    .get(nodeKey(node))
                    .thenCompose(present -> present.isPresent() ? DONE : registered(node)))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }

  private CompletionStage<Void> registered(ObjectNode node) {
    return node(node).thenCompose(_ -> DONE);
  }

  private CompletionStage<byte[]> priorityClass(ObjectNode object) {
    var name = object.path("metadata").path("name").asString();
    return writes.merge(new ResourceKey(PRIORITY_CLASSES, "", name), object);
  }

  private CompletionStage<byte[]> node(ObjectNode node) {
    return writes.merge(nodeKey(node), node);
  }

  private static ResourceKey nodeKey(ObjectNode node) {
    var name = node.path("metadata").path("name").asString();
    return new ResourceKey(TypeRef.core("nodes"), "", name);
  }

  private CompletionStage<byte[]> namespace(String name) {
    var object = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
    object.putObject("metadata").put("name", name);
    return writes.merge(new ResourceKey(NAMESPACES, "", name), object);
  }

  /// Whoever stores a service claims its address. A claim without its service is left from a start
  /// that was interrupted, and a service without its claim gets it back.
  private CompletionStage<byte[]> service(int port) {
    return writes
        .resources()
        .get(SERVICE)
        .thenCompose(present ->
            present.isPresent()
                ? writes
                    .merge(SERVICE, apiService(port))
                    .thenCompose(_ -> writes.merge(CLAIM, object(CLAIM_OBJECT)))
                : freeLeftClaim().thenCompose(_ -> writes.merge(SERVICE, apiService(port))));
  }

  private CompletionStage<?> freeLeftClaim() {
    return writes
        .resources()
        .get(CLAIM)
        .thenCompose(claim ->
            claim
                .filter(FirstObjects::isOfService)
                .map(left -> writes.delete(CLAIM, "networking.k8s.io/v1", left.uid()))
                .orElseGet(() -> CompletableFuture.completedFuture(null)));
  }

  private static boolean isOfService(StoredResource claim) {
    var parent = JSON.readTree(claim.json()).at("/spec/parentRef");
    return parent.path("namespace").asString("").equals(SERVICE.namespace())
        && parent.path("name").asString("").equals(SERVICE.name());
  }

  static ObjectNode object(String text) {
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
