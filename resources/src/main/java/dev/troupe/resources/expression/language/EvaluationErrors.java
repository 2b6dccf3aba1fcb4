package dev.troupe.resources.expression.language;

import dev.cel.runtime.CelEvaluationException;
import dev.troupe.resources.expression.value.WrongValue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Why an expression had no value, as Kubernetes says it.
final class EvaluationErrors {

  private static final Pattern PLACE =
      Pattern.compile("^evaluation error(?: at [^ ]+)?: ", Pattern.DOTALL);
  private static final Pattern MISSING =
      Pattern.compile(
          "(?:key '(.*)' is not present in map\\.|Error resolving field '(.*?)'.*|(.*))",
          Pattern.DOTALL);
  private static final Pattern INDEX = Pattern.compile("(?i)index out of bounds: ");

  private static final int DEEP = 10;

  private EvaluationErrors() {}

  static String words(CelEvaluationException error) {
    var wrong = wrongValue(error);
    if (wrong != null) {
      return String.valueOf(wrong.getMessage());
    }
    var message = PLACE.matcher(String.valueOf(error.getMessage())).replaceFirst("");
    return switch (error.getErrorCode()) {
      case ATTRIBUTE_NOT_FOUND -> "no such key: " + key(message);
      case DIVIDE_BY_ZERO -> message.contains("odul") ? "modulus by zero" : "division by zero";
      case NUMERIC_OVERFLOW -> "integer overflow";
      case INDEX_OUT_OF_BOUNDS -> INDEX.matcher(message).replaceFirst("index out of bounds: ");
      case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD -> "no such overload";
      case INTERNAL_ERROR,
          DUPLICATE_ATTRIBUTE,
          INVALID_ARGUMENT,
          TYPE_NOT_FOUND,
          ITERATION_BUDGET_EXCEEDED,
          BAD_FORMAT ->
          message;
    };
  }

  private static @Nullable WrongValue wrongValue(Throwable error) {
    var cause = error.getCause();
    for (int i = 0; i < DEEP && cause != null; i++) {
      if (cause instanceof WrongValue wrong) {
        return wrong;
      }
      cause = cause.getCause();
    }
    return null;
  }

  private static String key(String message) {
    var matcher = MISSING.matcher(message);
    if (!matcher.matches()) {
      return message;
    }
    for (int group = 1; group < 3; group++) {
      if (matcher.group(group) != null) {
        return matcher.group(group);
      }
    }
    return message;
  }
}
