package dev.troupe.resources.kind.pod;

import dev.troupe.api.resource.Quantity;
import dev.troupe.resources.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// How a pod fares when its node runs short: by what its containers request and are limited to.
final class QualityOfService {

  private static final List<String> COMPUTE = List.of("cpu", "memory");

  private QualityOfService() {}

  static String of(ObjectNode spec) {
    var containers = new ArrayList<>(Json.objects(spec, "containers"));
    containers.addAll(Json.objects(spec, "initContainers"));
    if (containers.stream().noneMatch(QualityOfService::asksForAnything)) {
      return "BestEffort";
    }
    return containers.stream().allMatch(QualityOfService::isGuaranteed)
        ? "Guaranteed"
        : "Burstable";
  }

  private static boolean asksForAnything(ObjectNode container) {
    var resources = Json.object(container, "resources");
    return COMPUTE.stream()
        .anyMatch(name ->
            isPositive(Json.object(resources, "requests"), name)
                || isPositive(Json.object(resources, "limits"), name));
  }

  private static boolean isGuaranteed(ObjectNode container) {
    var resources = Json.object(container, "resources");
    var requests = Json.object(resources, "requests");
    var limits = Json.object(resources, "limits");
    return COMPUTE.stream()
        .allMatch(name ->
            isPositive(limits, name)
                && Json.same(Json.get(requests, name), Json.get(limits, name)));
  }

  private static boolean isPositive(@Nullable ObjectNode amounts, String name) {
    var text = Json.text(amounts, name);
    try {
      return !text.isEmpty() && Quantity.parse(text).amount().signum() > 0;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
