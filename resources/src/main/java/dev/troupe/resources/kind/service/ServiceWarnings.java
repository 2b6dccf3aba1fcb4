package dev.troupe.resources.kind.service;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.IpAddresses;
import dev.troupe.resources.validation.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What surprises in a service: what its type makes no use of, what has a newer name, and what
/// nobody here provides.
final class ServiceWarnings {

  private static final String TOPOLOGY_HINTS = "service.kubernetes.io/topology-aware-hints";
  private static final String TOPOLOGY_MODE = "service.kubernetes.io/topology-mode";
  private static final String EXTERNAL_NAME = "ExternalName";

  private ServiceWarnings() {}

  static void check(ObjectNode service, FieldWarnings warnings) {
    var annotations = Json.object(Json.object(service, "metadata"), "annotations");
    if (Json.has(annotations, TOPOLOGY_HINTS)) {
      warnings.add(
          "annotation "
              + TOPOLOGY_HINTS
              + " is deprecated, please use service.kubernetes.io/topology-mode instead");
    }
    var spec = Json.child(service, "spec");
    var type = Json.text(spec, "type");
    boolean headless = type.equals("ClusterIP") && Json.text(spec, "clusterIP").equals("None");
    if (headless) {
      headless(spec, warnings);
    }
    addresses(spec, "clusterIPs", warnings);
    external(spec, type, headless, warnings);
    unserved(spec, type, annotations, warnings);
    if (Json.text(spec, "trafficDistribution").equals("PreferClose")) {
      warnings.add(
          "spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"");
    }
  }

  /// What others would provide, and nobody here does.
  private static void unserved(
      ObjectNode spec, String type, @Nullable ObjectNode annotations, FieldWarnings warnings) {
    if (type.equals("LoadBalancer")) {
      warnings.add(
          Path.SPEC.child("type"),
          "no load balancers are provided; the service has no external address unless somebody"
              + " gives it one");
    }
    if (!Json.text(spec, "trafficDistribution").isEmpty()) {
      warnings.add(
          Path.SPEC.child("trafficDistribution"), "not honoured, as endpoints are given no hints");
    }
    if (Json.text(annotations, TOPOLOGY_MODE).equalsIgnoreCase("auto")) {
      warnings.add(
          Path.METADATA.child("annotations").key(TOPOLOGY_MODE),
          "not honoured, as endpoints are given no hints");
    }
  }

  private static void headless(ObjectNode spec, FieldWarnings warnings) {
    if (!Json.text(spec, "loadBalancerIP").isEmpty()) {
      warnings.add("spec.loadBalancerIP is ignored for headless services");
    }
    if (!Json.strings(spec, "externalIPs").isEmpty()) {
      warnings.add("spec.externalIPs is ignored for headless services");
    }
    if (!Json.text(spec, "sessionAffinity").equals("None")) {
      warnings.add("spec.SessionAffinity is ignored for headless services");
    }
  }

  private static void external(
      ObjectNode spec, String type, boolean headless, FieldWarnings warnings) {
    addresses(spec, "externalIPs", warnings);
    boolean named = type.equals(EXTERNAL_NAME);
    if (!Json.strings(spec, "externalIPs").isEmpty()) {
      if (named) {
        warnings.add("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
      } else if (!headless) {
        warnings.add(
            "spec.externalIPs is deprecated and may no longer be implemented in some clusters");
      }
    }
    if (!named && !Json.text(spec, "externalName").isEmpty()) {
      warnings.add("spec.externalName is ignored when spec.type is not \"ExternalName\"");
    }
    var balancer = Json.text(spec, "loadBalancerIP");
    if (!balancer.isEmpty()) {
      address(balancer, Path.SPEC.child("loadBalancerIP"), warnings);
    }
  }

  private static void addresses(ObjectNode spec, String field, FieldWarnings warnings) {
    List<String> addresses = Json.strings(spec, field);
    for (int i = 0; i < addresses.size(); i++) {
      address(addresses.get(i), Path.SPEC.child(field).item(i), warnings);
    }
  }

  private static void address(String address, Path path, FieldWarnings warnings) {
    if (IpAddresses.isV6(address)) {
      var canonical = IpAddresses.canonicalV6(address);
      if (!canonical.equals(address)) {
        warnings.add(
            path,
            "IPv6 address "
                + FieldErrors.quoted(address)
                + " should be in RFC 5952 canonical format ("
                + FieldErrors.quoted(canonical)
                + ")");
      }
    }
  }
}
