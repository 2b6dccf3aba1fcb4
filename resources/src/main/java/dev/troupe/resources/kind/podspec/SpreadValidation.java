package dev.troupe.resources.kind.podspec;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.SelectorValidation;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// How evenly pods shall be spread.
public final class SpreadValidation {

  private static final List<String> POLICIES = List.of("Honor", "Ignore");
  private static final List<String> ACTIONS = List.of("DoNotSchedule", "ScheduleAnyway");

  private SpreadValidation() {}

  public static void check(@Nullable ObjectNode spec, Path path, FieldErrors errors) {
    var seen = new HashSet<String>();
    int index = 0;
    for (var constraint : Json.objects(spec, "topologySpreadConstraints")) {
      var at = path.item(index++);
      long skew = Json.number(constraint, "maxSkew", 0);
      if (skew <= 0) {
        errors.invalid(at.child("maxSkew"), skew, "must be greater than zero");
      }
      var key = Json.text(constraint, "topologyKey");
      if (key.isEmpty()) {
        errors.required(at.child("topologyKey"), "can not be empty");
      }
      var action = Json.text(constraint, "whenUnsatisfiable");
      if (!ACTIONS.contains(action)) {
        errors.notSupported(at.child("whenUnsatisfiable"), action, ACTIONS);
      }
      if (!seen.add(key + " " + action)) {
        errors.duplicate(
            at.child("{topologyKey, whenUnsatisfiable}"), "{" + key + ", " + action + "}");
      }
      minDomains(constraint, action, at.child("minDomains"), errors);
      Checks.oneOf(constraint, "nodeAffinityPolicy", POLICIES, at, errors);
      Checks.oneOf(constraint, "nodeTaintsPolicy", POLICIES, at, errors);
      var selector = Json.object(constraint, "labelSelector");
      if (selector != null) {
        SelectorValidation.check(selector, at.child("labelSelector"), errors);
      }
      LabelKeysValidation.check(constraint, at, errors);
    }
  }

  private static void minDomains(
      ObjectNode constraint, String action, Path path, FieldErrors errors) {
    var least = Json.number(constraint, "minDomains");
    if (least == null) {
      return;
    }
    if (least <= 0) {
      errors.invalid(path, least, "must be greater than zero");
    }
    if (!action.equals("DoNotSchedule")) {
      errors.invalid(
          path, least, "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + action);
    }
  }
}
