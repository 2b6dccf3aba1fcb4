package dev.troupe.resources.kind.pod;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.defaults.Given;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.podspec.PodSpecDefaults;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Defaults of pods themselves, which templates of pods do not get, and of their spec.
final class PodDefaults implements Defaults {

  @Override
  public void complete(ObjectNode pod) {
    var status = Json.object(pod, "status");
    if (status != null) {
      addresses(status);
    }
    var spec = Json.child(pod, "spec");
    PodSpecDefaults.complete(spec);
    Given.orElse(spec, "enableServiceLinks", true);
    for (var list : List.of("containers", "initContainers")) {
      for (var container : Json.objects(spec, list)) {
        requestLimits(container);
        if (Json.truth(spec, "hostNetwork")) {
          exposeOnHost(container);
        }
      }
    }
  }

  /// A pod's first address has two names, of which the older is believed where both are given and
  /// differ.
  private static void addresses(ObjectNode status) {
    var address = Json.text(status, "podIP");
    var addresses = Json.objects(status, "podIPs");
    var first = addresses.isEmpty() ? "" : Json.text(addresses.getFirst(), "ip");
    if (address.isEmpty() && !first.isEmpty()) {
      status.put("podIP", first);
    } else if (!address.equals(first)) {
      status.putArray("podIPs").addObject().put("ip", address);
    }
  }

  /// What is limited and not requested is requested up to the limit.
  private static void requestLimits(ObjectNode container) {
    var resources = Json.object(container, "resources");
    var limits = Json.object(resources, "limits");
    if (resources == null || limits == null || limits.isEmpty()) {
      return;
    }
    var requests = Json.child(resources, "requests");
    for (var limit : limits.properties()) {
      if (!requests.has(limit.getKey())) {
        requests.set(limit.getKey(), limit.getValue());
      }
    }
  }

  private static void exposeOnHost(ObjectNode container) {
    for (var port : Json.objects(container, "ports")) {
      var number = Json.number(port, "containerPort", 0);
      if (number != 0) {
        Given.nonZeroOrElse(port, "hostPort", (int) number);
      }
    }
  }
}
