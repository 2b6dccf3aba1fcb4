package dev.troupe.runtime.controller.plan;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How planned JSON differs from what is there.
final class Differences {

  private static final String TRANSITION = "lastTransitionTime";

  private Differences() {}

  /// Whether every planned value is there already: objects may hold more, lists may not.
  static boolean contains(JsonNode current, JsonNode planned) {
    if (planned.isObject()) {
      return planned.properties().stream()
          .allMatch(field -> {
            var there = current.get(field.getKey());
            return there == null ? isEmpty(field.getValue()) : contains(there, field.getValue());
          });
    }
    if (planned.isArray() && current.isArray()) {
      if (planned.size() != current.size()) {
        return false;
      }
      for (int i = 0; i < planned.size(); i++) {
        if (!contains(current.get(i), planned.get(i))) {
          return false;
        }
      }
      return true;
    }
    return planned.equals(current);
  }

  private static boolean isEmpty(JsonNode node) {
    return node.isNull() || (node.isContainer() && node.isEmpty());
  }

  /// The merge patch that turns `current` into `planned`; empty if they are equal.
  static ObjectNode patch(ObjectNode current, ObjectNode planned) {
    var patch = JsonNodeFactory.instance.objectNode();
    for (var field : planned.properties()) {
      var before = current.get(field.getKey());
      var after = field.getValue();
      if (before instanceof ObjectNode from && after instanceof ObjectNode to) {
        var inner = patch(from, to);
        if (!inner.isEmpty()) {
          patch.set(field.getKey(), inner);
        }
      } else if (before == null ? !isEmpty(after) : !before.equals(after)) {
        patch.set(field.getKey(), after);
      }
    }
    for (var field : current.properties()) {
      if (!planned.has(field.getKey())) {
        patch.putNull(field.getKey());
      }
    }
    return patch;
  }

  /// The planned status, its conditions with the transition times that they have, or `now` for
  /// those whose status changes. Conditions that are kept without a time stay without.
  static ObjectNode withTransitions(JsonNode current, ObjectNode planned, Instant now) {
    if (!planned.path("conditions").isArray()) {
      return planned;
    }
    var result = planned.deepCopy();
    for (var condition : result.path("conditions")) {
      if (condition instanceof ObjectNode one && one.has("type")) {
        keepTransition(sameType(current.path("conditions"), one), one, now);
      }
    }
    return result;
  }

  private static void keepTransition(JsonNode before, ObjectNode condition, Instant now) {
    boolean same = before.path("status").equals(condition.path("status"));
    if (same && before.has(TRANSITION)) {
      condition.set(TRANSITION, before.get(TRANSITION));
    } else if (!same && !condition.has(TRANSITION)) {
      condition.put(TRANSITION, now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
  }

  private static JsonNode sameType(JsonNode conditions, ObjectNode wanted) {
    for (var condition : conditions) {
      if (condition.path("type").equals(wanted.path("type"))) {
        return condition;
      }
    }
    return JsonNodeFactory.instance.objectNode();
  }
}
