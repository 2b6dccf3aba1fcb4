package dev.troupe.controllers.endpointslice;

import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.objects.SafeNames;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The slices of one service: its pods, grouped by the ports that they serve it on, a hundred per
/// slice, ordered by name. The same pods give the same slices.
final class Slices {

  static final int LARGEST = 100;

  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  private static final String MANAGER = "endpointslice-controller.k8s.io";
  private static final String HEADLESS = "service.kubernetes.io/headless";

  private static final List<ServicePort> NO_PORTS = List.of();

  private final Service service;
  private final List<Pod> pods;

  Slices(Service service, List<Pod> pods) {
    this.service = service;
    this.pods = pods;
  }

  static boolean isManaged(EndpointSlice slice) {
    return MANAGER.equals(Labels.of(slice).get(MANAGED_BY));
  }

  /// At least one, which is empty if no pod has an address.
  List<EndpointSlice> wanted() {
    var slices = new ArrayList<EndpointSlice>();
    int group = 0;
    for (var endpoints : groups().entrySet()) {
      var all = endpoints.getValue();
      for (int from = 0; from == 0 || from < all.size(); from += LARGEST) {
        var part = all.subList(from, Math.min(all.size(), from + LARGEST));
        slices.add(slice(group + "/" + from / LARGEST, endpoints.getKey(), part));
      }
      group++;
    }
    return slices;
  }

  /// Named target ports may mean another number in each pod.
  private Map<List<EndpointPort>, List<Endpoint>> groups() {
    var groups = new TreeMap<String, Map.Entry<List<EndpointPort>, List<Endpoint>>>();
    pods.stream()
        .filter(Slices::hasAddress)
        .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
        .forEach(pod -> {
          var ports = ports(pod);
          groups
              .computeIfAbsent(ports.toString(), _ -> Map.entry(ports, new ArrayList<>()))
              .getValue()
              .add(endpoint(pod));
        });
    var byPorts = new LinkedHashMap<List<EndpointPort>, List<Endpoint>>();
    groups.values().forEach(entry -> byPorts.put(entry.getKey(), entry.getValue()));
    return byPorts.isEmpty() ? Map.of(List.of(), List.of()) : byPorts;
  }

  private EndpointSlice slice(String place, List<EndpointPort> ports, List<Endpoint> endpoints) {
    var metadata = service.getMetadata();
    var labels = new HashMap<>(Labels.of(service));
    labels.remove(HEADLESS);
    labels.put(SERVICE_NAME, metadata.getName());
    labels.put(MANAGED_BY, MANAGER);
    if ("None".equals(service.getSpec().getClusterIP())) {
      labels.put(HEADLESS, "");
    }
    var base = metadata.getName();
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withName(
            base.substring(0, Math.min(base.length(), 57))
                + "-"
                + SafeNames.suffix(metadata.getUid() + "/" + place))
        .withGenerateName(base + "-")
        .withNamespace(metadata.getNamespace())
        .withLabels(labels)
        .endMetadata()
        .withAddressType("IPv4")
        .withPorts(ports)
        .withEndpoints(endpoints)
        .build();
  }

  private Endpoint endpoint(Pod pod) {
    boolean ready = Pods.isReady(pod);
    boolean terminating = Pods.isTerminating(pod);
    boolean published = Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses());
    var metadata = pod.getMetadata();
    return new EndpointBuilder()
        .withAddresses(pod.getStatus().getPodIP())
        .withNewConditions()
        .withReady(published || (ready && !terminating))
        .withServing(ready)
        .withTerminating(terminating)
        .endConditions()
        .withNodeName(Pods.nodeName(pod))
        .withHostname(hostname(pod))
        .withTargetRef(
            new ObjectReferenceBuilder()
                .withKind("Pod")
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .build())
        .build();
  }

  private @Nullable String hostname(Pod pod) {
    return service.getMetadata().getName().equals(pod.getSpec().getSubdomain())
        ? pod.getSpec().getHostname()
        : null;
  }

  private List<EndpointPort> ports(Pod pod) {
    var ports = new ArrayList<EndpointPort>();
    for (var port : Objects.requireNonNullElse(service.getSpec().getPorts(), NO_PORTS)) {
      var number = number(port, pod);
      if (number != null) {
        var resolved = new EndpointPort();
        resolved.setName(Objects.requireNonNullElse(port.getName(), ""));
        resolved.setPort(number);
        resolved.setProtocol(protocol(port.getProtocol()));
        resolved.setAppProtocol(port.getAppProtocol());
        ports.add(resolved);
      }
    }
    return ports;
  }

  /// Null if the pod has no port of that name.
  private static @Nullable Integer number(ServicePort port, Pod pod) {
    var target = port.getTargetPort();
    if (target == null) {
      return port.getPort();
    }
    if (target.getIntVal() != null) {
      return target.getIntVal() == 0 ? port.getPort() : target.getIntVal();
    }
    return Pods.lasting(pod)
        .filter(container -> container.getPorts() != null)
        .flatMap(container -> container.getPorts().stream())
        .filter(candidate -> target.getStrVal().equals(candidate.getName()))
        .filter(candidate -> protocol(candidate.getProtocol()).equals(protocol(port.getProtocol())))
        .map(candidate -> candidate.getContainerPort())
        .findFirst()
        .orElse(null);
  }

  private static String protocol(@Nullable String protocol) {
    return protocol == null || protocol.isEmpty() ? "TCP" : protocol;
  }

  private static boolean hasAddress(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getPodIP() != null
        && !pod.getStatus().getPodIP().isEmpty()
        && !Pods.isTerminal(pod);
  }
}
