package dev.troupe.resources.validation;

import dev.troupe.resources.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Label selectors as objects have them, and the templates that must carry what they select.
public final class SelectorValidation {

  private SelectorValidation() {}

  /// The selector of a workload: there, not empty, valid, and satisfied by its template.
  public static void ofWorkload(@Nullable ObjectNode spec, FieldErrors errors) {
    var path = Path.SPEC.child("selector");
    var selector = Json.object(spec, "selector");
    if (selector == null) {
      errors.required(path, "");
      return;
    }
    check(selector, path, errors);
    if (isEmpty(selector)) {
      errors.invalid(path, selector, "empty selector is invalid for deployment");
      return;
    }
    var labels = Json.object(Json.object(Json.object(spec, "template"), "metadata"), "labels");
    if (!matches(selector, labels)) {
      errors.invalid(
          Path.SPEC.child("template").child("metadata").child("labels"),
          labels == null ? Json.object() : labels,
          "`selector` does not match template `labels`");
    }
  }

  private static boolean isEmpty(ObjectNode selector) {
    var labels = Json.object(selector, "matchLabels");
    return (labels == null || labels.isEmpty())
        && Json.objects(selector, "matchExpressions").isEmpty();
  }

  public static void check(ObjectNode selector, Path path, FieldErrors errors) {
    LabelValidation.check(selector, "matchLabels", path.child("matchLabels"), errors);
    int index = 0;
    for (var term : Json.objects(selector, "matchExpressions")) {
      term(term, path.child("matchExpressions").item(index++), errors);
    }
  }

  private static void term(ObjectNode term, Path path, FieldErrors errors) {
    var values = Json.strings(term, "values");
    switch (Json.text(term, "operator")) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          errors.required(
              path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          errors.forbidden(
              path.child("values"),
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      default ->
          errors.invalid(
              path.child("operator"), Json.text(term, "operator"), "not a valid selector operator");
    }
    var key = Json.text(term, "key");
    Names.qualified(key).ifPresent(wrong -> errors.invalid(path.child("key"), key, wrong));
    int index = 0;
    for (var value : values) {
      var at = path.child("values").item(index++);
      Names.labelValue(value).ifPresent(wrong -> errors.invalid(at, value, wrong));
    }
  }

  public static boolean matches(ObjectNode selector, @Nullable ObjectNode labels) {
    for (var label : Json.entries(selector, "matchLabels")) {
      if (!Json.same(label.getValue(), Json.get(labels, label.getKey()))) {
        return false;
      }
    }
    return Json.objects(selector, "matchExpressions").stream()
        .allMatch(term -> matchesTerm(term, labels));
  }

  private static boolean matchesTerm(ObjectNode term, @Nullable ObjectNode labels) {
    var key = Json.text(term, "key");
    boolean present = Json.has(labels, key);
    List<String> values = Json.strings(term, "values");
    return switch (Json.text(term, "operator")) {
      case "In" -> present && values.contains(Json.text(labels, key));
      case "NotIn" -> !present || !values.contains(Json.text(labels, key));
      case "Exists" -> present;
      case "DoesNotExist" -> !present;
      default -> true;
    };
  }
}
