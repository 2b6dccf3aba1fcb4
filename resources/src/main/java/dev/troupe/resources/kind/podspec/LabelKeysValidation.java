package dev.troupe.resources.kind.podspec;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What terms and spread rules ask of other pods by keys of the labels of the pod itself. In a pod
/// these are written out into the selector already, each once.
final class LabelKeysValidation {

  private LabelKeysValidation() {}

  static void check(@Nullable ObjectNode term, Path path, FieldErrors errors) {
    var matched = Json.strings(term, "matchLabelKeys");
    var mismatched = Json.strings(term, "mismatchLabelKeys");
    var selector = Json.object(term, "labelSelector");
    keys(matched, selector, path.child("matchLabelKeys"), errors);
    keys(mismatched, selector, path.child("mismatchLabelKeys"), errors);
    selectedTwice(matched, selector, path, errors);
    var others = new HashSet<>(mismatched);
    for (int i = 0; i < matched.size(); i++) {
      if (others.contains(matched.get(i))) {
        errors.invalid(
            path.child("matchLabelKeys").item(i),
            matched.get(i),
            "exists in both matchLabelKeys and mismatchLabelKeys");
      }
    }
  }

  private static void keys(
      List<String> keys, @Nullable ObjectNode selector, Path path, FieldErrors errors) {
    if (!keys.isEmpty() && selector == null) {
      errors.forbidden(path, "must not be specified when labelSelector is not set");
      return;
    }
    for (int i = 0; i < keys.size(); i++) {
      var at = path.item(i);
      var key = keys.get(i);
      Names.qualified(key).ifPresent(wrong -> errors.invalid(at, key, wrong));
    }
  }

  /// A key is told at the place that Kubernetes tells it at: that of the term.
  private static void selectedTwice(
      List<String> keys, @Nullable ObjectNode selector, Path path, FieldErrors errors) {
    if (keys.isEmpty()) {
      return;
    }
    var places = new HashMap<String, Integer>();
    for (int i = 0; i < keys.size(); i++) {
      places.put(keys.get(i), i);
    }
    var seen = new HashSet<String>();
    Json.entries(selector, "matchLabels").forEach(label -> seen.add(label.getKey()));
    for (var expression : Json.objects(selector, "matchExpressions")) {
      var key = Json.text(expression, "key");
      var place = places.get(key);
      if (!seen.add(key) && place != null) {
        errors.invalid(path.item(place), key, "exists in both matchLabelKeys and labelSelector");
      }
    }
  }
}
