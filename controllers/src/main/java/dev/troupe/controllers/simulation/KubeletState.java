package dev.troupe.controllers.simulation;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.objects.Nodes;
import dev.troupe.controllers.objects.NodesAndPods;
import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.simulation.SimulatedNodes.Mode;
import dev.troupe.controllers.simulation.pod.PodLife;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The simulated nodes, the pods on nodes that have something before them, and which addresses are
/// taken. A fold of the changes of nodes and pods, plus the addresses that were given out and are
/// not seen in a status yet.
public final class KubeletState implements NodesAndPods {

  private record Host(String address, AddressPool pool, Mode mode) {}

  private record Claim(String node, String address) {}

  private final Map<String, Host> hosts = new HashMap<>();
  private final Map<ResourceKey, Pod> acting = new LinkedHashMap<>();
  private final Map<ResourceKey, Claim> claims = new HashMap<>();

  @Override
  public void put(Node node) {
    var name = node.getMetadata().getName();
    if (!SimulatedNodes.isSimulated(node)) {
      removeNode(name);
      return;
    }
    var before = hosts.get(name);
    var pool = before == null ? pool(name, node.getSpec().getPodCIDR()) : before.pool();
    hosts.put(name, new Host(address(node), pool, mode(node)));
  }

  @Override
  public void removeNode(String name) {
    hosts.remove(name);
  }

  @Override
  public void put(ResourceKey key, Pod pod) {
    var node = Pods.nodeName(pod);
    if (node.isEmpty()) {
      return;
    }
    claim(key, node, pod);
    if (PodLife.isAtRest(pod)) {
      acting.remove(key);
    } else {
      acting.put(key, pod);
    }
  }

  @Override
  public void remove(ResourceKey key) {
    acting.remove(key);
    release(key);
  }

  /// The pod, if something is before it that the kubelet of its node, a simulated one, sees to.
  @Nullable Pod acting(ResourceKey key) {
    var pod = acting.get(key);
    return pod != null && isSeenTo(pod) ? pod : null;
  }

  /// A node that is not ready starts nothing and reports nothing, but it stops what shall stop.
  private boolean isSeenTo(Pod pod) {
    var host = hosts.get(Pods.nodeName(pod));
    return host != null
        && switch (host.mode()) {
          case READY -> true;
          case NOT_READY -> Pods.isTerminating(pod);
          case UNREACHABLE -> false;
        };
  }

  /// A kubelet reports its pods ready again only when everybody knows that its node is.
  private static Mode mode(Node node) {
    var mode = SimulatedNodes.mode(node);
    var readiness = Nodes.readiness(node);
    return mode == Mode.READY && (readiness.equals("False") || readiness.equals("Unknown"))
        ? Mode.NOT_READY
        : mode;
  }

  String hostAddress(String node) {
    var host = hosts.get(node);
    return host == null ? "" : host.address();
  }

  /// The pod's address, taken from its node's range if it has none yet; empty if none is left.
  String podAddress(ResourceKey key, String node) {
    var claim = claims.get(key);
    if (claim != null) {
      return claim.address();
    }
    var host = hosts.get(node);
    var address = host == null ? "" : host.pool().take().orElse("");
    if (!address.isEmpty()) {
      claims.put(key, new Claim(node, address));
    }
    return address;
  }

  private void claim(ResourceKey key, String node, Pod pod) {
    var address = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
    if (Pods.isTerminal(pod) && !Pods.isTerminating(pod)) {
      release(key);
    } else if (address != null && !Boolean.TRUE.equals(pod.getSpec().getHostNetwork())) {
      claims.put(key, new Claim(node, address));
      var host = hosts.get(node);
      if (host != null) {
        host.pool().claim(address);
      }
    }
  }

  private void release(ResourceKey key) {
    var claim = claims.remove(key);
    var host = claim == null ? null : hosts.get(claim.node());
    if (claim != null && host != null) {
      host.pool().free(claim.address());
    }
  }

  /// Pods may have been seen before their node.
  private AddressPool pool(String node, String cidr) {
    var pool = new AddressPool(cidr);
    claims.values().stream()
        .filter(claim -> claim.node().equals(node))
        .forEach(claim -> pool.claim(claim.address()));
    return pool;
  }

  /// The pods on the node that its kubelet has something to do for.
  List<ResourceKey> actingOn(String node) {
    return acting.entrySet().stream()
        .filter(entry -> Pods.nodeName(entry.getValue()).equals(node) && isSeenTo(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String address(Node node) {
    var status = node.getStatus();
    return status == null || status.getAddresses() == null
        ? ""
        : status.getAddresses().stream()
            .filter(a -> a.getType().equals("InternalIP"))
            .map(a -> a.getAddress())
            .findFirst()
            .orElse("");
  }
}
