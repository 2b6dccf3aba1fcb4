package dev.troupe.resources.kind.service;

import dev.troupe.resources.json.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Keeps what was allocated for a service when it is written without it.
final class Allocated {

  private static final String EXTERNAL_NAME = "ExternalName";
  private static final String LOAD_BALANCER = "LoadBalancer";

  private static final List<String> ADDRESSING =
      List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy");

  private Allocated() {}

  static void keep(ObjectNode service, ObjectNode old) {
    var spec = Json.child(service, "spec");
    var before = Json.object(old, "spec");
    var type = Json.text(spec, "type");
    drop(spec, before);
    if (type.equals(EXTERNAL_NAME) || Json.text(before, "type").equals(EXTERNAL_NAME)) {
      return;
    }
    keepAddresses(spec, before);
    for (var field : new String[] {"ipFamilies", "ipFamilyPolicy"}) {
      if (!Json.has(spec, field)) {
        copy(field, before, spec);
      }
    }
    if (needsNodePorts(type) && needsNodePorts(Json.text(before, "type"))) {
      keepNodePorts(spec, before);
    }
    if (needsHealthCheck(spec)
        && needsHealthCheck(before)
        && Json.number(spec, "healthCheckNodePort", 0) == 0) {
      copy("healthCheckNodePort", before, spec);
    }
  }

  /// Forgets what the former type needed and the new one does not, unless it is newly given.
  private static void drop(ObjectNode spec, @Nullable ObjectNode before) {
    var type = Json.text(spec, "type");
    var former = Json.text(before, "type");
    if (type.equals(EXTERNAL_NAME) && !former.equals(EXTERNAL_NAME)) {
      ADDRESSING.forEach(field -> dropIfSame(field, spec, before));
    }
    if (former.equals(LOAD_BALANCER) && !type.equals(LOAD_BALANCER)) {
      dropIfSame("allocateLoadBalancerNodePorts", spec, before);
      dropIfSame("loadBalancerClass", spec, before);
    }
    if (needsHealthCheck(before) && !needsHealthCheck(spec)) {
      dropIfSame("healthCheckNodePort", spec, before);
    }
    if (needsNodePorts(former) && !needsNodePorts(type)) {
      dropIfSame("externalTrafficPolicy", spec, before);
      var known = new HashSet<Long>();
      Json.objects(before, "ports").forEach(port -> known.add(nodePort(port)));
      for (var port : Json.objects(spec, "ports")) {
        if (known.contains(nodePort(port))) {
          port.remove("nodePort");
        }
      }
    }
  }

  private static void dropIfSame(String field, ObjectNode spec, @Nullable ObjectNode before) {
    if (Json.same(Json.get(spec, field), Json.get(before, field))) {
      spec.remove(field);
    }
  }

  /// The first address has two names; where a client changed only one of them, the other follows.
  private static void keepAddresses(ObjectNode spec, @Nullable ObjectNode before) {
    boolean listed = !Json.same(Json.get(spec, "clusterIPs"), Json.get(before, "clusterIPs"));
    var address = Json.text(spec, "clusterIP");
    if (!listed && !address.equals(Json.text(before, "clusterIP"))) {
      spec.remove("clusterIPs");
      if (!address.isEmpty()) {
        spec.putArray("clusterIPs").add(address);
      }
    }
    if (address.isEmpty() && Json.strings(spec, "clusterIPs").isEmpty()) {
      copy("clusterIP", before, spec);
      copy("clusterIPs", before, spec);
    }
  }

  /// A port that names no node port keeps the one that the port of its name had, unless that is
  /// given to another one.
  private static void keepNodePorts(ObjectNode spec, @Nullable ObjectNode before) {
    var former = new HashMap<String, Long>();
    for (var port : Json.objects(before, "ports")) {
      former.put(Json.text(port, "name"), nodePort(port));
    }
    var given = new HashSet<Long>();
    Json.objects(spec, "ports").forEach(port -> given.add(nodePort(port)));
    for (var port : Json.objects(spec, "ports")) {
      long old = former.getOrDefault(Json.text(port, "name"), 0L);
      if (nodePort(port) == 0 && old != 0 && !given.contains(old)) {
        port.put("nodePort", (int) old);
      }
    }
  }

  private static long nodePort(ObjectNode port) {
    return Json.number(port, "nodePort", 0);
  }

  private static boolean needsNodePorts(String type) {
    return type.equals("NodePort") || type.equals(LOAD_BALANCER);
  }

  /// A load balancer must find out by itself which nodes have pods of the service.
  private static boolean needsHealthCheck(@Nullable ObjectNode spec) {
    return Json.text(spec, "type").equals(LOAD_BALANCER)
        && Json.text(spec, "externalTrafficPolicy").equals("Local");
  }

  private static void copy(String field, @Nullable ObjectNode from, ObjectNode to) {
    var value = Json.get(from, field);
    if (value != null) {
      to.set(field, value.deepCopy());
    }
  }
}
