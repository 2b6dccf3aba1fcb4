package dev.troupe.resources.kind.podspec;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.NameRule;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.SelectorValidation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a pod wants near, and what far.
public final class AffinityValidation {

  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
  private static final int MAX_WEIGHT = 100;

  private AffinityValidation() {}

  public static void check(@Nullable ObjectNode spec, Path path, FieldErrors errors) {
    var affinity = Json.object(spec, "affinity");
    node(Json.object(affinity, "nodeAffinity"), path.child("nodeAffinity"), errors);
    for (var kind : List.of("podAffinity", "podAntiAffinity")) {
      pods(Json.object(affinity, kind), path.child(kind), errors);
    }
  }

  private static void node(@Nullable ObjectNode affinity, Path path, FieldErrors errors) {
    var required = Json.object(affinity, REQUIRED);
    if (required != null) {
      var at = path.child(REQUIRED).child("nodeSelectorTerms");
      var terms = Json.objects(required, "nodeSelectorTerms");
      if (terms.isEmpty()) {
        errors.required(at, "must have at least one node selector term");
      }
      for (int i = 0; i < terms.size(); i++) {
        nodeTerm(terms.get(i), true, at.item(i), errors);
      }
    }
    int index = 0;
    for (var preferred : Json.objects(affinity, PREFERRED)) {
      var at = path.child(PREFERRED).item(index++);
      weight(preferred, at, errors);
      nodeTerm(Json.object(preferred, "preference"), false, at.child("preference"), errors);
    }
  }

  /// What is only preferred may name values that no label can have.
  private static void nodeTerm(
      @Nullable ObjectNode term, boolean required, Path path, FieldErrors errors) {
    int index = 0;
    for (var expression : Json.objects(term, "matchExpressions")) {
      var at = path.child("matchExpressions").item(index++);
      nodeExpression(expression, at, errors);
      if (required) {
        each(expression, Names::labelValue, at.child("values"), errors);
      }
    }
    index = 0;
    for (var field : Json.objects(term, "matchFields")) {
      nodeField(field, path.child("matchFields").item(index++), errors);
    }
  }

  private static void each(ObjectNode expression, NameRule rule, Path path, FieldErrors errors) {
    var values = Json.strings(expression, "values");
    for (int i = 0; i < values.size(); i++) {
      var at = path.item(i);
      var value = values.get(i);
      rule.check(value).ifPresent(wrong -> errors.invalid(at, value, wrong));
    }
  }

  private static void nodeField(ObjectNode field, Path path, FieldErrors errors) {
    var operator = Json.text(field, "operator");
    if (!operator.equals("In") && !operator.equals("NotIn")) {
      errors.invalid(path.child("operator"), operator, "not a valid selector operator");
    } else if (Json.strings(field, "values").size() != 1) {
      errors.required(
          path.child("values"),
          "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
    }
    if (Json.text(field, "key").equals("metadata.name")) {
      each(field, Names::subdomain, path.child("values"), errors);
    } else {
      errors.invalid(path.child("key"), Json.text(field, "key"), "not a valid field selector key");
    }
  }

  private static void nodeExpression(ObjectNode expression, Path path, FieldErrors errors) {
    int values = Json.strings(expression, "values").size();
    switch (Json.text(expression, "operator")) {
      case "In", "NotIn" -> {
        if (values == 0) {
          errors.required(
              path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (values > 0) {
          errors.forbidden(
              path.child("values"),
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case "Gt", "Lt" -> {
        if (values != 1) {
          errors.required(
              path.child("values"),
              "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
      }
      default ->
          errors.invalid(
              path.child("operator"),
              Json.text(expression, "operator"),
              "not a valid selector operator");
    }
    var key = Json.text(expression, "key");
    Names.qualified(key).ifPresent(wrong -> errors.invalid(path.child("key"), key, wrong));
  }

  private static void pods(@Nullable ObjectNode affinity, Path path, FieldErrors errors) {
    int index = 0;
    for (var term : Json.objects(affinity, REQUIRED)) {
      podTerm(term, path.child(REQUIRED).item(index++), errors);
    }
    index = 0;
    for (var preferred : Json.objects(affinity, PREFERRED)) {
      var at = path.child(PREFERRED).item(index++);
      weight(preferred, at, errors);
      podTerm(Json.object(preferred, "podAffinityTerm"), at.child("podAffinityTerm"), errors);
    }
  }

  private static void podTerm(@Nullable ObjectNode term, Path path, FieldErrors errors) {
    for (var field : List.of("labelSelector", "namespaceSelector")) {
      var selector = Json.object(term, field);
      if (selector != null) {
        SelectorValidation.check(selector, path.child(field), errors);
      }
    }
    for (var namespace : Json.strings(term, "namespaces")) {
      Names.label(namespace)
          .ifPresent(wrong -> errors.invalid(path.child("namespace"), namespace, wrong));
    }
    LabelKeysValidation.check(term, path, errors);
    var key = Json.text(term, "topologyKey");
    if (key.isEmpty()) {
      errors.required(path.child("topologyKey"), "can not be empty");
    } else {
      Names.qualified(key)
          .ifPresent(wrong -> errors.invalid(path.child("topologyKey"), key, wrong));
    }
  }

  private static void weight(ObjectNode preferred, Path path, FieldErrors errors) {
    long weight = Json.number(preferred, "weight", 0);
    if (weight < 1 || weight > MAX_WEIGHT) {
      errors.invalid(path.child("weight"), weight, "must be in the range 1-100");
    }
  }
}
