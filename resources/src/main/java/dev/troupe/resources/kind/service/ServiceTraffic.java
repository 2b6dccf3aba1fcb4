package dev.troupe.resources.kind.service;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.IpAddresses;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Which way traffic takes to a service: through a load balancer, from where, to which nodes.
final class ServiceTraffic {

  private static final String LOAD_BALANCER = "LoadBalancer";
  private static final String ONLY_BALANCED = "may only be used when `type` is 'LoadBalancer'";
  private static final String SOURCE_RANGES =
      "service.beta.kubernetes.io/load-balancer-source-ranges";
  private static final List<String> POLICIES = List.of("Cluster", "Local");
  private static final List<String> DISTRIBUTIONS =
      List.of("PreferClose", "PreferSameNode", "PreferSameZone");

  private ServiceTraffic() {}

  static void check(ObjectNode service, FieldErrors errors) {
    var spec = Json.child(service, "spec");
    boolean balanced = Json.text(spec, "type").equals(LOAD_BALANCER);
    sources(service, spec, balanced, errors);
    balancing(spec, balanced, errors);
    policies(spec, errors);
    healthCheck(spec, balanced, errors);
    Checks.oneOf(spec, "internalTrafficPolicy", POLICIES, Path.SPEC, errors);
    Checks.oneOf(spec, "trafficDistribution", DISTRIBUTIONS, Path.SPEC, errors);
  }

  /// The field is older than the annotation's end, and both may be padded with spaces.
  private static void sources(
      ObjectNode service, ObjectNode spec, boolean balanced, FieldErrors errors) {
    var ranges = Json.strings(spec, "loadBalancerSourceRanges");
    if (!ranges.isEmpty()) {
      var path = Path.SPEC.child("LoadBalancerSourceRanges");
      onlyBalanced(path, balanced, errors);
      for (int i = 0; i < ranges.size(); i++) {
        range(ranges.get(i).strip(), path.item(i), errors);
      }
      return;
    }
    var annotations = Json.object(Json.object(service, "metadata"), "annotations");
    if (Json.has(annotations, SOURCE_RANGES)) {
      var path = Path.METADATA.child("annotations").key(SOURCE_RANGES);
      onlyBalanced(path, balanced, errors);
      var text = Json.text(annotations, SOURCE_RANGES).strip();
      for (var range : text.isEmpty() ? new String[0] : text.split(",", -1)) {
        range(range.strip(), path, errors);
      }
    }
  }

  private static void onlyBalanced(Path path, boolean balanced, FieldErrors errors) {
    if (!balanced) {
      errors.forbidden(path, ONLY_BALANCED);
    }
  }

  private static void range(String range, Path path, FieldErrors errors) {
    IpAddresses.checkRange(range).ifPresent(wrong -> errors.invalid(path, range, wrong));
  }

  private static void balancing(ObjectNode spec, boolean balanced, FieldErrors errors) {
    if (!balanced && Json.has(spec, "allocateLoadBalancerNodePorts")) {
      errors.forbidden(Path.SPEC.child("allocateLoadBalancerNodePorts"), ONLY_BALANCED);
    }
    if (Json.has(spec, "loadBalancerClass")) {
      var path = Path.SPEC.child("loadBalancerClass");
      if (balanced) {
        var name = Json.text(spec, "loadBalancerClass");
        Names.qualified(name).ifPresent(wrong -> errors.invalid(path, name, wrong));
      } else {
        errors.forbidden(path, ONLY_BALANCED);
      }
    }
  }

  private static void policies(ObjectNode spec, FieldErrors errors) {
    var path = Path.SPEC.child("externalTrafficPolicy");
    var policy = Json.text(spec, "externalTrafficPolicy");
    if (isExternal(spec)) {
      Checks.requiredOneOf(spec, "externalTrafficPolicy", POLICIES, Path.SPEC, errors);
    } else if (!policy.isEmpty()) {
      errors.invalid(path, policy, "may only be set for externally-accessible services");
    }
  }

  static boolean isExternal(ObjectNode spec) {
    return switch (Json.text(spec, "type")) {
      case "NodePort", LOAD_BALANCER -> true;
      case "ClusterIP" -> !Json.strings(spec, "externalIPs").isEmpty();
      default -> false;
    };
  }

  private static void healthCheck(ObjectNode spec, boolean balanced, FieldErrors errors) {
    long number = Json.number(spec, "healthCheckNodePort", 0);
    if (number == 0) {
      return;
    }
    var path = Path.SPEC.child("healthCheckNodePort");
    if (!balanced || !Json.text(spec, "externalTrafficPolicy").equals("Local")) {
      errors.invalid(
          path,
          number,
          "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
    } else if (!ServicePorts.inRange(number)) {
      errors.invalid(path, number, ServicePorts.OUT_OF_RANGE);
    }
  }

  static void checkChange(
      @Nullable ObjectNode spec, @Nullable ObjectNode before, FieldErrors errors) {
    if (!Json.text(spec, "type").equals(LOAD_BALANCER)
        || !Json.text(before, "type").equals(LOAD_BALANCER)) {
      return;
    }
    if (!Json.same(Json.get(spec, "loadBalancerClass"), Json.get(before, "loadBalancerClass"))) {
      errors.invalid(
          Path.SPEC.child("loadBalancerClass"),
          Json.get(spec, "loadBalancerClass"),
          "may not change once set");
    }
    var number = Json.number(before, "healthCheckNodePort");
    boolean local =
        Json.text(spec, "externalTrafficPolicy").equals("Local")
            && Json.text(before, "externalTrafficPolicy").equals("Local");
    if (local
        && number != null
        && !Objects.equals(number, Json.number(spec, "healthCheckNodePort"))) {
      errors.forbidden(Path.SPEC.child("healthCheckNodePort"), FieldErrors.IMMUTABLE);
    }
  }

  /// What a load balancer says of itself.
  static void checkStatus(ObjectNode service, FieldErrors errors) {
    var balancer = Json.object(Json.object(service, "status"), "loadBalancer");
    var path = Path.ROOT.child("status").child("loadBalancer").child("ingress");
    var ingresses = Json.objects(balancer, "ingress");
    if (!ingresses.isEmpty()
        && !Json.text(Json.object(service, "spec"), "type").equals(LOAD_BALANCER)) {
      errors.forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'");
      return;
    }
    for (int i = 0; i < ingresses.size(); i++) {
      ingress(ingresses.get(i), path.item(i), errors);
    }
  }

  private static void ingress(ObjectNode ingress, Path path, FieldErrors errors) {
    Checks.text(ingress, "ip", IpAddresses::check, path, errors);
    boolean addressed = !Json.text(ingress, "ip").isEmpty();
    if (addressed) {
      Checks.oneOf(ingress, "ipMode", List.of("Proxy", "VIP"), path, errors);
    } else if (Json.has(ingress, "ipMode")) {
      errors.forbidden(path.child("ipMode"), "may not be specified when `ip` is not set");
    }
    Checks.text(ingress, "hostname", Names::subdomain, path, errors);
    var hostname = Json.text(ingress, "hostname");
    if (IpAddresses.check(hostname).isEmpty()) {
      errors.invalid(path.child("hostname"), hostname, "must be a DNS name, not an IP address");
    }
  }
}
