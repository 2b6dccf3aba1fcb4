package dev.troupe.resources.expression;

import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What rules must look like before anybody reads their expressions.
final class RuleForms {

  private static final List<String> REASONS =
      List.of(
          "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");
  private static final String BREAKS = "must not contain line breaks";

  private RuleForms() {}

  static void check(ExpressionRule rule, ObjectNode schema, Path path, FieldErrors errors) {
    texts(rule, path, errors);
    if (!rule.messageExpression().isEmpty() && rule.messageExpression().isBlank()) {
      errors.required(
          path.child("messageExpression"), "messageExpression must be non-empty if specified");
    }
    if (!rule.reason().isEmpty() && !REASONS.contains(rule.reason())) {
      errors.notSupported(path.child("reason"), rule.reason(), REASONS);
    }
    if (!rule.fieldPath().isEmpty()) {
      fieldPath(rule.fieldPath(), schema, path.child("fieldPath"), errors);
    }
  }

  private static void texts(ExpressionRule rule, Path path, FieldErrors errors) {
    var message = path.child("message");
    if (rule.rule().isBlank()) {
      errors.required(path.child("rule"), "rule is not specified");
    } else if (!rule.message().isEmpty() && rule.message().isBlank()) {
      errors.invalid(message, rule.message(), "must be non-empty if specified");
    } else if (hasBreaks(rule.message().strip())) {
      errors.invalid(message, rule.message(), BREAKS);
    } else if (hasBreaks(rule.rule().strip()) && rule.message().isBlank()) {
      errors.required(message, "message must be specified if rule contains line breaks");
    }
  }

  private static void fieldPath(String text, ObjectNode schema, Path path, FieldErrors errors) {
    if (text.isBlank()) {
      errors.invalid(path, text, "must be non-empty if specified");
    }
    if (hasBreaks(text)) {
      errors.invalid(path, text, BREAKS);
    }
    if (FieldPaths.read(text, schema).isEmpty()) {
      errors.invalid(path, text, "must be a valid path");
    }
  }

  static boolean hasBreaks(String text) {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
  }
}
