package dev.troupe.controllers.scheduling.demand;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A port of a node that a pod takes, on one of its addresses or on all.
public record HostPort(String protocol, int number, String address) {

  private static final String ALL = "0.0.0.0";

  static Set<HostPort> of(PodSpec spec) {
    return Stream.concat(spec.getContainers().stream(), sidecars(spec))
        .flatMap(c -> c.getPorts() == null ? Stream.empty() : c.getPorts().stream())
        .filter(port -> port.getHostPort() != null && port.getHostPort() > 0)
        .map(port ->
            new HostPort(
                Objects.requireNonNullElse(port.getProtocol(), "TCP"),
                port.getHostPort(),
                port.getHostIP() == null || port.getHostIP().isEmpty() ? ALL : port.getHostIP()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<Container> sidecars(PodSpec spec) {
    return spec.getInitContainers() == null
        ? Stream.empty()
        : spec.getInitContainers().stream().filter(c -> "Always".equals(c.getRestartPolicy()));
  }

  /// Whether two pods cannot have them on one node.
  public boolean conflictsWith(HostPort other) {
    return number == other.number
        && protocol.equals(other.protocol)
        && (address.equals(other.address) || address.equals(ALL) || other.address.equals(ALL));
  }
}
