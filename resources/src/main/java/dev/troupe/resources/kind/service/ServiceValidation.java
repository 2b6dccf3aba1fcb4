package dev.troupe.resources.kind.service;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.IpAddresses;
import dev.troupe.resources.validation.LabelValidation;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

final class ServiceValidation implements Validation {

  private static final List<String> TYPES =
      List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
  private static final List<String> AFFINITIES = List.of("ClientIP", "None");
  private static final List<String> POLICIES = List.of("Cluster", "Local");
  private static final int MAX_AFFINITY_SECONDS = 86_400;
  private static final String EXTERNAL_NAME = "ExternalName";
  private static final String HEADLESS = "None";

  @Override
  public void check(ObjectNode service, FieldErrors errors) {
    var spec = Json.object(service, "spec");
    Checks.requiredOneOf(spec, "type", TYPES, Path.SPEC, errors);
    var type = Json.text(spec, "type");
    boolean headless = Json.text(spec, "clusterIP").equals(HEADLESS);
    if (type.equals(EXTERNAL_NAME)) {
      externalName(spec, errors);
    } else if (!headless && Json.objects(spec, "ports").isEmpty()) {
      errors.required(Path.SPEC.child("ports"), "");
    }
    if (headless && (type.equals("LoadBalancer") || type.equals("NodePort"))) {
      errors.invalid(
          Path.SPEC.child("clusterIPs").item(0),
          HEADLESS,
          "may not be set to 'None' for " + type + " services");
    }
    new ServicePorts(type, errors).check(Json.objects(spec, "ports"));
    LabelValidation.check(spec, "selector", Path.SPEC.child("selector"), errors);
    affinity(spec, errors);
    policies(spec, type, errors);
    balancing(spec, type, errors);
    addresses(spec, type, errors);
  }

  private static void externalName(@Nullable ObjectNode spec, FieldErrors errors) {
    if (!Json.text(spec, "clusterIP").isEmpty()) {
      errors.forbidden(Path.SPEC.child("clusterIPs"), "may not be set when type is 'ExternalName'");
    }
    var name = Json.text(spec, "externalName");
    if (name.isEmpty()) {
      errors.required(Path.SPEC.child("externalName"), "");
      return;
    }
    var canonical = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    Names.subdomain(canonical)
        .ifPresent(wrong -> errors.invalid(Path.SPEC.child("externalName"), name, wrong));
  }

  private static void affinity(@Nullable ObjectNode spec, FieldErrors errors) {
    Checks.requiredOneOf(spec, "sessionAffinity", AFFINITIES, Path.SPEC, errors);
    var clientIp = Json.object(Json.object(spec, "sessionAffinityConfig"), "clientIP");
    var seconds = Json.number(clientIp, "timeoutSeconds");
    if (seconds != null && (seconds <= 0 || seconds > MAX_AFFINITY_SECONDS)) {
      errors.invalid(
          Path.SPEC.child("sessionAffinityConfig").child("clientIP").child("timeoutSeconds"),
          seconds,
          "must be greater than 0 and less than " + MAX_AFFINITY_SECONDS);
    }
  }

  private static void policies(@Nullable ObjectNode spec, String type, FieldErrors errors) {
    Checks.oneOf(spec, "externalTrafficPolicy", POLICIES, Path.SPEC, errors);
    Checks.oneOf(spec, "internalTrafficPolicy", POLICIES, Path.SPEC, errors);
    var policy = Json.text(spec, "externalTrafficPolicy");
    boolean external =
        type.equals("NodePort")
            || type.equals("LoadBalancer")
            || !Json.strings(spec, "externalIPs").isEmpty();
    if (!policy.isEmpty() && !external) {
      errors.invalid(
          Path.SPEC.child("externalTrafficPolicy"),
          policy,
          "may only be set for externally-accessible services");
    }
  }

  private static void balancing(@Nullable ObjectNode spec, String type, FieldErrors errors) {
    boolean balanced = type.equals("LoadBalancer");
    if (!balanced && Json.has(spec, "allocateLoadBalancerNodePorts")) {
      errors.forbidden(
          Path.SPEC.child("allocateLoadBalancerNodePorts"),
          "may only be used when `type` is 'LoadBalancer'");
    }
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

  private static void addresses(@Nullable ObjectNode spec, String type, FieldErrors errors) {
    if (type.equals(EXTERNAL_NAME)) {
      return;
    }
    var address = Json.text(spec, "clusterIP");
    var addresses = Json.strings(spec, "clusterIPs");
    var path = Path.SPEC.child("clusterIPs");
    if (address.isEmpty() && !addresses.isEmpty()) {
      errors.invalid(
          path, Json.get(spec, "clusterIPs"), "must be empty when `clusterIP` is not specified");
    } else if (!addresses.isEmpty() && !addresses.getFirst().equals(address)) {
      errors.invalid(path, Json.get(spec, "clusterIPs"), "first value must match `clusterIP`");
    }
    for (int i = 0; i < addresses.size(); i++) {
      var at = path.item(i);
      var value = addresses.get(i);
      if (!value.equals(HEADLESS)) {
        IpAddresses.check(value).ifPresent(wrong -> errors.invalid(at, value, wrong));
      }
    }
    var externals = Json.strings(spec, "externalIPs");
    for (int i = 0; i < externals.size(); i++) {
      var at = Path.SPEC.child("externalIPs").item(i);
      var value = externals.get(i);
      IpAddresses.check(value).ifPresent(wrong -> errors.invalid(at, value, wrong));
    }
  }

  @Override
  public void warn(ObjectNode object, @Nullable ObjectNode old, FieldWarnings warnings) {
    ServiceWarnings.check(object, warnings);
  }

  @Override
  public void checkChange(ObjectNode service, ObjectNode old, FieldErrors errors) {
    var spec = Json.object(service, "spec");
    var before = Json.object(old, "spec");
    boolean named =
        Json.text(spec, "type").equals(EXTERNAL_NAME)
            || Json.text(before, "type").equals(EXTERNAL_NAME);
    long healthCheck = Json.number(before, "healthCheckNodePort", 0);
    long changed = Json.number(spec, "healthCheckNodePort", 0);
    if (healthCheck != 0 && changed != 0 && healthCheck != changed) {
      errors.invalid(Path.SPEC.child("healthCheckNodePort"), changed, "field is immutable");
    }
    var address = Json.text(before, "clusterIP");
    if (!named && !address.isEmpty() && !address.equals(Json.text(spec, "clusterIP"))) {
      errors.invalid(
          Path.SPEC.child("clusterIPs").item(0),
          Json.get(spec, "clusterIPs"),
          "may not change once set");
    }
  }
}
