package dev.troupe.controllers.simulation;

import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.simulation.pod.Digests;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;

/// Describes the simulated nodes `node-1`, `node-2`, …
///
/// A node is simulated if it carries the annotation [#SIMULATED]. The annotation [#NOT_READY] makes
/// its kubelet say that it is not ready: no more pods are started, and those that are deleted are
/// stopped. The annotation [#UNREACHABLE] makes its kubelet fall silent: its lease is renewed no
/// longer, its pods stay as they are.
///
/// @param podsPerNode how many pods each takes
public record SimulatedNodes(int podsPerNode) {

  public static final String SIMULATED = "simulation.troupe.dev/node";
  public static final String NOT_READY = "simulation.troupe.dev/not-ready";
  public static final String UNREACHABLE = "simulation.troupe.dev/unreachable";

  /// As many as a kubelet takes unless it is told otherwise.
  public static final int DEFAULT_PODS_PER_NODE = 110;

  static final String KUBELET_VERSION = "v1.36.0+troupe.simulated";

  private static final int FIRST_POD_ADDRESS = Addresses.parse("10.244.0.0");
  private static final int FIRST_NODE_ADDRESS = Addresses.parse("172.20.0.0");

  /// The node number `index`, counted from 1, as it registers itself.
  public Node describe(int index) {
    var name = "node-" + index;
    var cidr = podCidr(index);
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("kubernetes.io/hostname", name)
        .addToLabels("kubernetes.io/os", "linux")
        .addToLabels("kubernetes.io/arch", "amd64")
        .addToLabels("beta.kubernetes.io/os", "linux")
        .addToLabels("beta.kubernetes.io/arch", "amd64")
        .addToAnnotations(SIMULATED, Integer.toString(index))
        .endMetadata()
        .withNewSpec()
        .withPodCIDR(cidr)
        .withPodCIDRs(cidr)
        .withProviderID("simulated://" + name)
        .endSpec()
        .withStatus(status(name, index))
        .build();
  }

  static boolean isSimulated(Node node) {
    return Labels.annotationsOf(node).containsKey(SIMULATED);
  }

  /// How a simulated node was made to behave.
  enum Mode {
    READY,
    NOT_READY,
    UNREACHABLE
  }

  static Mode mode(Node node) {
    var annotations = Labels.annotationsOf(node);
    if ("true".equals(annotations.get(UNREACHABLE))) {
      return Mode.UNREACHABLE;
    }
    return "true".equals(annotations.get(NOT_READY)) ? Mode.NOT_READY : Mode.READY;
  }

  private NodeStatus status(String name, int index) {
    var amounts =
        Map.of(
            "cpu", new Quantity("32"),
            "memory", new Quantity("256Gi"),
            "ephemeral-storage", new Quantity("1Ti"),
            "pods", new Quantity(Integer.toString(podsPerNode)));
    var status = new NodeStatus();
    status.setCapacity(amounts);
    status.setAllocatable(amounts);
    status.setAddresses(
        List.of(
            new NodeAddress(Addresses.format(FIRST_NODE_ADDRESS + index), "InternalIP"),
            new NodeAddress(name, "Hostname")));
    status.setNodeInfo(info(name));
    return status;
  }

  private static NodeSystemInfo info(String name) {
    var info = new NodeSystemInfo();
    info.setArchitecture("amd64");
    info.setOperatingSystem("linux");
    info.setOsImage("simulated");
    info.setKernelVersion("simulated");
    info.setContainerRuntimeVersion("simulated://1.0");
    info.setKubeletVersion(KUBELET_VERSION);
    info.setKubeProxyVersion("");
    info.setMachineID(Digests.hex("machine/" + name).substring(0, 32));
    info.setSystemUUID(Digests.uuid("system/" + name));
    info.setBootID(Digests.uuid("boot/" + name));
    return info;
  }

  /// As many addresses as a kubelet's usual range has, or the next power of two with room for all
  /// pods and as many again that are on their way out.
  private String podCidr(int index) {
    int hostBits = 8;
    while ((1 << hostBits) < 2 * podsPerNode) {
      hostBits++;
    }
    return Addresses.format(FIRST_POD_ADDRESS + (index << hostBits)) + "/" + (32 - hostBits);
  }
}
