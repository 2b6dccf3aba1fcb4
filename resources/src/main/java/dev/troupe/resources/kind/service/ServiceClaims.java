package dev.troupe.resources.kind.service;

import dev.troupe.resources.claim.Claim;
import dev.troupe.resources.claim.Claims;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A service must have an address, and node ports if it is reached from outside of the cluster.
///
/// One number belongs to one service whatever the protocol; ports of a service that differ in
/// nothing but their protocol share one.
final class ServiceClaims implements Claims {

  /// For what load balancers ask a node whether it has pods of the service.
  private static final String HEALTH_CHECK = "healthCheckNodePort";

  private static final String ADDRESS = "clusterIP";
  private static final String NODE_PORT = "nodePort";

  private final ServiceAddresses addresses;
  private final NodePortPool nodePorts = new NodePortPool();

  ServiceClaims(ServiceAddresses addresses) {
    this.addresses = addresses;
  }

  @Override
  public List<Claim> of(ObjectNode service) {
    var spec = Json.object(service, "spec");
    var claims = new ArrayList<Claim>();
    if (wantsAddress(spec)) {
      claims.add(new Claim(addresses, address(spec), ADDRESS, Path.SPEC.child("clusterIPs")));
    }
    if (isExternal(spec)) {
      ports(spec, claims);
    }
    return claims;
  }

  private void ports(@Nullable ObjectNode spec, List<Claim> claims) {
    var provided = provided(spec);
    int index = 0;
    for (var port : Json.objects(spec, "ports")) {
      var field = Path.SPEC.child("ports").item(index++).child(NODE_PORT);
      var claim = new Claim(nodePorts, number(port, NODE_PORT), number(port, "port"), field);
      if (!claim.isOpen()) {
        addOnce(claim, claims);
      } else if (allocates(spec) && provided.putIfAbsent(claim.place(), "") == null) {
        claims.add(claim);
      }
    }
    if (isHealthChecked(spec)) {
      var field = Path.SPEC.child(HEALTH_CHECK);
      addOnce(new Claim(nodePorts, number(spec, HEALTH_CHECK), HEALTH_CHECK, field), claims);
    }
  }

  private static void addOnce(Claim claim, List<Claim> claims) {
    if (claim.isOpen() || claims.stream().noneMatch(claim::isOnThingOf)) {
      claims.add(claim);
    }
  }

  @Override
  public void fill(ObjectNode service, List<Claim> claims) {
    var spec = Json.child(service, "spec");
    var numbers = provided(spec);
    for (var claim : claims) {
      switch (claim.place()) {
        case ADDRESS -> {
          spec.put("clusterIP", claim.thing());
          spec.putArray("clusterIPs").add(claim.thing());
        }
        case HEALTH_CHECK -> spec.put(HEALTH_CHECK, Integer.parseInt(claim.thing()));
        default -> numbers.put(claim.place(), claim.thing());
      }
    }
    for (var port : Json.objects(spec, "ports")) {
      var number = numbers.get(number(port, "port"));
      if (number != null && number(port, NODE_PORT).isEmpty()) {
        port.put(NODE_PORT, Integer.parseInt(number));
      }
    }
  }

  /// The node ports that are given, by the port they are for.
  private static Map<String, String> provided(@Nullable ObjectNode spec) {
    var provided = new HashMap<String, String>();
    for (var port : Json.objects(spec, "ports")) {
      var number = number(port, NODE_PORT);
      if (!number.isEmpty()) {
        provided.putIfAbsent(number(port, "port"), number);
      }
    }
    return provided;
  }

  private static boolean wantsAddress(@Nullable ObjectNode spec) {
    return spec != null
        && !Json.text(spec, "type").equals("ExternalName")
        && !address(spec).equals("None");
  }

  private static String address(@Nullable ObjectNode spec) {
    var single = Json.text(spec, "clusterIP");
    if (!single.isEmpty()) {
      return single;
    }
    var all = Json.strings(spec, "clusterIPs");
    return all.isEmpty() ? "" : all.getFirst();
  }

  private static boolean isExternal(@Nullable ObjectNode spec) {
    var type = Json.text(spec, "type");
    return type.equals("NodePort") || type.equals("LoadBalancer");
  }

  private static boolean allocates(@Nullable ObjectNode spec) {
    return Json.text(spec, "type").equals("NodePort")
        || !Json.has(spec, "allocateLoadBalancerNodePorts")
        || Json.truth(spec, "allocateLoadBalancerNodePorts");
  }

  private static boolean isHealthChecked(@Nullable ObjectNode spec) {
    return Json.text(spec, "type").equals("LoadBalancer")
        && Json.text(spec, "externalTrafficPolicy").equals("Local");
  }

  /// A number as text; empty if it is missing or 0.
  private static String number(@Nullable ObjectNode node, String field) {
    long number = Json.number(node, field, 0);
    return number == 0 ? "" : Long.toString(number);
  }
}
