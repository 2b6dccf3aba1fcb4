package dev.troupe.controllers.endpointslice;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.ObjectTree;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// From the slices that there are to those that shall be.
final class SliceChanges {

  private SliceChanges() {}

  static Plan plan(List<EndpointSlice> present, List<EndpointSlice> wanted) {
    var superfluous = new HashMap<String, EndpointSlice>();
    present.forEach(slice -> superfluous.put(slice.getMetadata().getName(), slice));
    var plan = Plan.nothing();
    for (var slice : wanted) {
      var before = superfluous.remove(slice.getMetadata().getName());
      if (before == null) {
        plan = plan.own(slice);
      } else if (!isSame(before, slice)) {
        plan = plan.write(replace(before, slice));
      }
    }
    for (var slice : present) {
      if (superfluous.containsKey(slice.getMetadata().getName())) {
        plan = plan.delete(Keys.of(slice), slice.getMetadata().getUid());
      }
    }
    return plan;
  }

  private static boolean isSame(EndpointSlice before, EndpointSlice after) {
    return endpoints(before).equals(endpoints(after))
        && ports(before).equals(ports(after))
        && Labels.of(before).equals(Labels.of(after));
  }

  /// Lists are given in full, also when they are empty. Labels that the service has no longer go.
  private static Write replace(EndpointSlice before, EndpointSlice after) {
    return new Write.Patch(
        Keys.of(before),
        "",
        Map.of(
            "metadata", Map.of("labels", labels(before, after)),
            "endpoints", endpoints(after),
            "ports", ports(after)),
        before.getMetadata().getUid(),
        before.getMetadata().getResourceVersion());
  }

  private static Map<String, @Nullable Object> labels(EndpointSlice before, EndpointSlice after) {
    var labels = new HashMap<String, @Nullable Object>();
    Labels.of(before).keySet().forEach(key -> labels.put(key, null));
    labels.putAll(Labels.of(after));
    return labels;
  }

  private static List<?> endpoints(EndpointSlice slice) {
    return ObjectTree.list(Objects.requireNonNullElse(slice.getEndpoints(), List.of()));
  }

  private static List<?> ports(EndpointSlice slice) {
    return ObjectTree.list(Objects.requireNonNullElse(slice.getPorts(), List.of()));
  }
}
