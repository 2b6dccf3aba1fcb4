package dev.troupe.resources.expression;

import dev.troupe.resources.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// One of `x-kubernetes-validations`, as it was written.
record ExpressionRule(
    String rule,
    String message,
    String messageExpression,
    String reason,
    String fieldPath,
    ObjectNode json) {

  static final String FIELD = "x-kubernetes-validations";

  static List<ExpressionRule> all(ObjectNode schema) {
    return Json.objects(schema, FIELD).stream().map(ExpressionRule::of).toList();
  }

  private static ExpressionRule of(ObjectNode json) {
    return new ExpressionRule(
        Json.text(json, "rule"),
        Json.text(json, "message"),
        Json.text(json, "messageExpression"),
        Json.text(json, "reason"),
        Json.text(json, "fieldPath"),
        json);
  }

  /// Whether anything is said about objects that were not there before.
  boolean saysOptionalOld() {
    return Json.has(json, "optionalOldSelf");
  }

  boolean optionalOld() {
    return Json.truth(json, "optionalOldSelf");
  }

  /// What is told instead of the rule.
  String words() {
    return (message.isEmpty() ? rule : message).strip();
  }

  /// The rule as it is shown where something is wrong with it.
  Object shown() {
    var shown = Json.object();
    shown.put("Rule", rule);
    shown.put("Message", message);
    shown.put("MessageExpression", messageExpression);
    shown.set("Reason", json.get("reason"));
    shown.put("FieldPath", fieldPath);
    shown.set("OptionalOldSelf", json.get("optionalOldSelf"));
    return new Shown(shown);
  }

  /// JSON as Kubernetes shows it: fit for pages of HTML.
  private record Shown(ObjectNode json) {

    @Override
    public String toString() {
      return json.toString()
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026");
    }
  }
}
