package dev.troupe.resources.structural;

import dev.troupe.resources.structural.text.Formats;
import dev.troupe.resources.structural.text.GoText;
import dev.troupe.resources.validation.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The rules of texts and numbers.
final class ScalarCheck {

  private ScalarCheck() {}

  static void check(JsonNode value, Structural schema, Path name, Findings found) {
    if (value.isString()) {
      text(value.stringValue(), schema.rules(), name, found);
    } else if (value.isNumber()) {
      number(value, schema, name, found);
    }
  }

  private static void text(String text, ValueRules rules, Path name, Findings found) {
    limits(text, rules, name, found);
    if (!rules.format().isEmpty() && !Formats.matches(rules.format(), text)) {
      found.wrongType(name, rules.format(), text);
    }
  }

  private static void limits(String text, ValueRules rules, Path name, Findings found) {
    var most = rules.maxLength();
    var least = rules.minLength();
    int length = text.codePointCount(0, text.length());
    if (most != null && length > most) {
      found.tooLong(name, (int) (long) most);
    } else if (least != null && length < least) {
      found.invalid(name, text, "should be at least " + least + " chars long");
    } else if (rules.pattern() != null && !rules.pattern().isIn(text)) {
      found.invalid(name, text, "should match '" + rules.pattern() + "'");
    }
    found.match();
  }

  private static void number(JsonNode value, Structural schema, Path name, Findings found) {
    var rules = schema.rules();
    var type = schema.intOrString() ? "" : schema.type();
    outOfRange(value, type, rules.format(), "Checked value", name, found);
    multiple(value, type, rules, name, found);
    bound(value, type, rules, rules.maximum(), true, name, found);
    bound(value, type, rules, rules.minimum(), false, name, found);
    found.match();
  }

  /// Numbers in a schema that are none of its type are blamed as well as the value.
  private static boolean isOutOfRange(
      double bound, String type, String format, String what, Path name, Findings found) {
    boolean whole = type.equals("integer");
    if (whole && (bound != Math.rint(bound) || Math.abs(bound) >= 0x1p63)) {
      found.general(what + inType(type, format) + " in " + name);
      return true;
    }
    return false;
  }

  private static void outOfRange(
      JsonNode value, String type, String format, String what, Path name, Findings found) {
    boolean fits =
        switch (format) {
          case "int32" ->
              !type.equals("integer") || (GoText.isLong(value) && value.canConvertToInt());
          case "float" -> Math.abs(value.doubleValue()) <= Float.MAX_VALUE;
          default -> true;
        };
    if (!fits) {
      found.general(what + inType(type, format) + " in " + name);
    }
  }

  private static String inType(String type, String format) {
    return " must be of type "
        + type
        + (format.isEmpty() ? " (default format)" : " with format " + format);
  }

  private static void multiple(
      JsonNode value, String type, ValueRules rules, Path name, Findings found) {
    var factor = rules.multipleOf();
    if (factor == null) {
      return;
    }
    boolean asLong =
        !isOutOfRange(factor, type, rules.format(), "MultipleOf value", name, found)
            && GoText.isLong(value);
    double by = asLong ? (double) (long) (double) factor : factor;
    if (by <= 0) {
      found.general(
          "factor MultipleOf declared for " + name + " must be positive: " + GoText.of(by));
      return;
    }
    double number = value.doubleValue();
    double times = by < 1 ? 1 / by * number : number / by;
    boolean isMultiple =
        asLong ? value.longValue() % (long) by == 0 : Math.abs(times - Math.rint(times)) < 1e-9;
    if (!isMultiple) {
      found.invalid(name, GoText.of(value), "should be a multiple of " + GoText.of(by));
    }
  }

  private static void bound(
      JsonNode value,
      String type,
      ValueRules rules,
      @Nullable Double bound,
      boolean upper,
      Path name,
      Findings found) {
    if (bound == null) {
      return;
    }
    var what = (upper ? "Maximum" : "Minimum") + " boundary value";
    boolean asLong =
        !isOutOfRange(bound, type, rules.format(), what, name, found) && GoText.isLong(value);
    boolean exclusive = upper ? rules.exclusiveMaximum() : rules.exclusiveMinimum();
    int compared =
        asLong
            ? Long.compare(value.longValue(), (long) (double) bound)
            : Double.compare(value.doubleValue(), bound);
    boolean kept =
        exclusive ? (upper ? compared < 0 : compared > 0) : (upper ? compared <= 0 : compared >= 0);
    if (!kept) {
      found.invalid(
          name,
          GoText.of(value),
          "should be "
              + (upper ? "less than " : "greater than ")
              + (exclusive ? "" : "or equal to ")
              + (asLong ? Long.toString((long) (double) bound) : GoText.of(bound)));
    }
  }
}
