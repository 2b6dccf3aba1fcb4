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

/// What a service says of itself; its addresses and ways have rules of their own.
final class ServiceValidation implements Validation {

  private static final List<String> TYPES =
      List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
  private static final List<String> AFFINITIES = List.of("ClientIP", "None");
  private static final int MAX_AFFINITY_SECONDS = 86_400;
  private static final String EXTERNAL_NAME = "ExternalName";
  private static final String TOPOLOGY_MODE = "service.kubernetes.io/topology-mode";
  private static final String TOPOLOGY_HINTS = "service.kubernetes.io/topology-aware-hints";

  @Override
  public void check(ObjectNode service, FieldErrors errors) {
    topology(Json.object(Json.object(service, "metadata"), "annotations"), errors);
    var spec = Json.child(service, "spec");
    Checks.requiredOneOf(spec, "type", TYPES, Path.SPEC, errors);
    var type = Json.text(spec, "type");
    boolean headless = ServiceFamilies.isHeadless(spec);
    if (type.equals(EXTERNAL_NAME)) {
      externalName(spec, errors);
    } else if (!headless && Json.objects(spec, "ports").isEmpty()) {
      errors.required(Path.SPEC.child("ports"), "");
    }
    if (headless && (type.equals("LoadBalancer") || type.equals("NodePort"))) {
      errors.invalid(
          Path.SPEC.child("clusterIPs").item(0),
          "None",
          "may not be set to 'None' for " + type + " services");
    }
    new ServicePorts(type, errors).check(Json.objects(spec, "ports"));
    LabelValidation.check(spec, "selector", Path.SPEC.child("selector"), errors);
    affinity(spec, errors);
    if (!type.equals(EXTERNAL_NAME)) {
      ServiceFamilies.check(spec, errors);
    }
    externalAddresses(Json.strings(spec, "externalIPs"), errors);
    ServiceTraffic.check(service, errors);
  }

  private static void topology(@Nullable ObjectNode annotations, FieldErrors errors) {
    if (Json.has(annotations, TOPOLOGY_MODE)
        && Json.has(annotations, TOPOLOGY_HINTS)
        && !Json.text(annotations, TOPOLOGY_MODE).equals(Json.text(annotations, TOPOLOGY_HINTS))) {
      errors.invalid(
          Path.METADATA.child("annotations").key(TOPOLOGY_MODE),
          Json.text(annotations, TOPOLOGY_MODE),
          "must match annotations[" + TOPOLOGY_HINTS + "] when both are specified");
    }
  }

  private static void externalName(ObjectNode spec, FieldErrors errors) {
    for (var field : List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
      if (Json.has(spec, field)) {
        errors.forbidden(Path.SPEC.child(field), "may not be set for ExternalName services");
      }
    }
    var name = Json.text(spec, "externalName");
    var path = Path.SPEC.child("externalName");
    // One that is fully qualified ends in a dot.
    var canonical = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (canonical.isEmpty()) {
      errors.required(path, "");
    } else {
      Names.subdomain(canonical).ifPresent(wrong -> errors.invalid(path, canonical, wrong));
    }
  }

  private static void affinity(ObjectNode spec, FieldErrors errors) {
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

  private static void externalAddresses(List<String> addresses, FieldErrors errors) {
    for (int i = 0; i < addresses.size(); i++) {
      var at = Path.SPEC.child("externalIPs").item(i);
      var address = addresses.get(i);
      IpAddresses.check(address)
          .or(() -> IpAddresses.special(address))
          .ifPresent(wrong -> errors.invalid(at, address, wrong));
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
    if (!named) {
      ServiceFamilies.checkChange(spec, before, errors);
    }
    ServiceTraffic.checkChange(spec, before, errors);
  }

  @Override
  public void checkStatus(ObjectNode service, ObjectNode old, FieldErrors errors) {
    ServiceTraffic.checkStatus(service, errors);
  }
}
