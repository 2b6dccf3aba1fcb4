package dev.troupe.resources.kind.pod;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.IpAddresses;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What was observed of a pod: addresses that are some, and containers that do not rise again.
final class PodStatusValidation {

  private static final Path STATUS = Path.ROOT.child("status");
  private static final Set<String> CONDITIONS = Set.of("PodScheduled", "Ready", "Initialized");

  private PodStatusValidation() {}

  static void check(ObjectNode pod, ObjectNode old, FieldErrors errors) {
    var status = Json.object(pod, "status");
    var before = Json.object(old, "status");
    int index = 0;
    for (var condition : Json.objects(status, "conditions")) {
      var type = Json.text(condition, "type");
      var at = Path.METADATA.child("conditions").item(index++).child("Type");
      if (!CONDITIONS.contains(type)) {
        Names.qualified(type).ifPresent(wrong -> errors.invalid(at, type, wrong));
      }
    }
    var nominated = Json.text(status, "nominatedNodeName");
    if (!nominated.isEmpty()) {
      Names.subdomain(nominated)
          .ifPresent(wrong -> errors.invalid(STATUS.child("nominatedNodeName"), nominated, wrong));
    }
    if (Json.has(status, "qosClass")) {
      errors.immutable(
          STATUS.child("qosClass"), Json.get(status, "qosClass"), Json.get(before, "qosClass"));
    }
    restarts(pod, status, before, errors);
    addresses(status, "podIPs", errors);
    addresses(status, "hostIPs", errors);
  }

  /// Whoever may not restart stays as it has ended.
  private static void restarts(
      ObjectNode pod,
      @Nullable ObjectNode status,
      @Nullable ObjectNode before,
      FieldErrors errors) {
    var spec = Json.object(pod, "spec");
    var policy = Json.text(spec, "restartPolicy");
    if (!policy.equals("Always")) {
      var sidecars = new HashSet<String>();
      for (var container : Json.objects(spec, "initContainers")) {
        if (Json.text(container, "restartPolicy").equals("Always")) {
          sidecars.add(Json.text(container, "name"));
        }
      }
      for (var field : List.of("containerStatuses", "initContainerStatuses")) {
        restarts(field, policy, sidecars, status, before, errors);
      }
    }
    restarts("ephemeralContainerStatuses", "Never", Set.of(), status, before, errors);
  }

  private static void restarts(
      String field,
      String policy,
      Set<String> sidecars,
      @Nullable ObjectNode status,
      @Nullable ObjectNode before,
      FieldErrors errors) {
    int index = 0;
    for (var old : Json.objects(before, field)) {
      var at = STATUS.child(field).item(index++).child("state");
      var ended = Json.object(Json.object(old, "state"), "terminated");
      var name = Json.text(old, "name");
      if (ended == null
          || sidecars.contains(name)
          || (policy.equals("OnFailure") && Json.number(ended, "exitCode", 0) != 0)) {
        continue;
      }
      for (var now : Json.objects(status, field)) {
        if (Json.text(now, "name").equals(name)
            && !Json.has(Json.object(now, "state"), "terminated")) {
          errors.forbidden(at, "may not be transitioned to non-terminated state");
        }
      }
    }
  }

  private static void addresses(@Nullable ObjectNode status, String field, FieldErrors errors) {
    var path = STATUS.child(field);
    var families = new HashSet<Boolean>();
    var addresses = Json.objects(status, field);
    for (int i = 0; i < addresses.size(); i++) {
      var at = path.item(i);
      var address = Json.text(addresses.get(i), "ip");
      IpAddresses.check(address).ifPresent(wrong -> errors.invalid(at, address, wrong));
      families.add(address.indexOf(':') < 0);
    }
    if (addresses.size() > families.size()) {
      errors.invalid(
          path, Json.get(status, field), "may specify no more than one IP for each IP family");
    }
  }
}
