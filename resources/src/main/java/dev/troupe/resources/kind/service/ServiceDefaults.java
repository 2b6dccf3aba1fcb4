package dev.troupe.resources.kind.service;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.defaults.Given;
import dev.troupe.resources.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class ServiceDefaults implements Defaults {

  private static final int AFFINITY_SECONDS = 10_800;
  private static final String EXTERNAL_NAME = "ExternalName";

  @Override
  public void complete(ObjectNode service) {
    var spec = Json.child(service, "spec");
    Given.orElse(spec, "type", "ClusterIP");
    affinity(spec);
    Json.objects(spec, "ports").forEach(ServiceDefaults::port);
    var type = Json.text(spec, "type");
    boolean external = isExternal(spec, type);
    if (external) {
      Given.orElse(spec, "externalTrafficPolicy", "Cluster");
    }
    if (type.equals("LoadBalancer")) {
      Given.orElse(spec, "allocateLoadBalancerNodePorts", true);
    }
    if (!type.equals(EXTERNAL_NAME)) {
      Given.orElse(spec, "internalTrafficPolicy", "Cluster");
      addresses(spec);
    }
  }

  private static boolean isExternal(ObjectNode spec, String type) {
    var externalIps = Json.list(spec, "externalIPs");
    return type.equals("NodePort")
        || type.equals("LoadBalancer")
        || (type.equals("ClusterIP") && externalIps != null && !externalIps.isEmpty());
  }

  private static void affinity(ObjectNode spec) {
    Given.orElse(spec, "sessionAffinity", "None");
    switch (Json.text(spec, "sessionAffinity")) {
      case "None" -> spec.remove("sessionAffinityConfig");
      case "ClientIP" ->
          Given.orElse(
              Json.child(Json.child(spec, "sessionAffinityConfig"), "clientIP"),
              "timeoutSeconds",
              AFFINITY_SECONDS);
      default -> {}
    }
  }

  private static void port(ObjectNode port) {
    Given.orElse(port, "protocol", "TCP");
    var target = Json.get(port, "targetPort");
    if (target == null || isZero(target)) {
      port.put("targetPort", (int) Json.number(port, "port", 0));
    }
  }

  private static boolean isZero(JsonNode target) {
    return target.isString() ? target.stringValue().isEmpty() : target.asInt(0) == 0;
  }

  /// One address family, unless more are asked for or the endpoints are anybody's; the list of
  /// addresses mirrors the first. An address of the other family is left to be refused.
  private static void addresses(ObjectNode spec) {
    var address = Json.text(spec, "clusterIP");
    var addresses = Json.list(spec, "clusterIPs");
    if (!address.isEmpty() && (addresses == null || addresses.isEmpty())) {
      spec.putArray("clusterIPs").add(address);
    }
    boolean free = ServiceFamilies.isFree(spec);
    Given.orElse(spec, "ipFamilyPolicy", free ? "RequireDualStack" : "SingleStack");
    var families = Json.list(spec, "ipFamilies");
    if ((families == null || families.isEmpty()) && address.indexOf(':') < 0) {
      spec.putArray("ipFamilies").add("IPv4");
    }
    if (free && !Json.text(spec, "ipFamilyPolicy").equals("SingleStack")) {
      addOther(spec);
    }
  }

  private static void addOther(ObjectNode spec) {
    var families = Json.strings(spec, "ipFamilies");
    if (families.size() == 1) {
      spec.putArray("ipFamilies")
          .add(families.getFirst())
          .add(families.getFirst().equals("IPv4") ? "IPv6" : "IPv4");
    }
  }
}
