package dev.troupe.resources.kind.pod;

import dev.troupe.resources.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a new pod says about other pods by keys of its own labels, written out into the selectors:
/// the labels of a pod may change, what it has asked for does not.
final class LabelKeys {

  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  private LabelKeys() {}

  static void write(ObjectNode pod) {
    var labels = Json.object(Json.object(pod, "metadata"), "labels");
    var spec = Json.object(pod, "spec");
    for (var kind : List.of("podAffinity", "podAntiAffinity")) {
      var affinity = Json.object(Json.object(spec, "affinity"), kind);
      Json.objects(affinity, REQUIRED).forEach(term -> write(term, labels));
      Json.objects(affinity, PREFERRED)
          .forEach(term -> write(Json.object(term, "podAffinityTerm"), labels));
    }
    Json.objects(spec, "topologySpreadConstraints").forEach(rule -> write(rule, labels));
  }

  private static void write(@Nullable ObjectNode term, @Nullable ObjectNode labels) {
    var selector = Json.object(term, "labelSelector");
    if (selector != null) {
      write(Json.strings(term, "matchLabelKeys"), "In", labels, selector);
      write(Json.strings(term, "mismatchLabelKeys"), "NotIn", labels, selector);
    }
  }

  private static void write(
      List<String> keys, String operator, @Nullable ObjectNode labels, ObjectNode selector) {
    for (var key : keys) {
      var value = Json.get(labels, key);
      if (value != null && value.isString()) {
        var expressions = Json.list(selector, "matchExpressions");
        var expression =
            (expressions == null ? selector.putArray("matchExpressions") : expressions).addObject();
        expression.put("key", key).put("operator", operator);
        expression.putArray("values").add(value.asString());
      }
    }
  }
}
