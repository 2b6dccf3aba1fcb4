package dev.troupe.resources.validation;

import dev.troupe.api.refusal.CauseType;

/// One thing that is wrong.
///
/// @param body what is wrong, with the value: `Invalid value: "x": must be …`
public record FieldError(Problem problem, String field, String body) {

  /// The causes of a `Status`, and how they begin in words.
  public enum Problem {
    REQUIRED(CauseType.FIELD_VALUE_REQUIRED, "Required value"),
    INVALID(CauseType.FIELD_VALUE_INVALID, "Invalid value"),
    NOT_SUPPORTED(CauseType.FIELD_VALUE_NOT_SUPPORTED, "Unsupported value"),
    DUPLICATE(CauseType.FIELD_VALUE_DUPLICATE, "Duplicate value"),
    FORBIDDEN(CauseType.FIELD_VALUE_FORBIDDEN, "Forbidden"),
    TOO_LONG(CauseType.FIELD_VALUE_TOO_LONG, "Too long"),
    TOO_MANY(CauseType.FIELD_VALUE_TOO_MANY, "Too many"),
    NOT_FOUND(CauseType.FIELD_VALUE_NOT_FOUND, "Not found"),
    TYPE_INVALID(CauseType.FIELD_VALUE_TYPE_INVALID, "Invalid value");

    private final CauseType type;
    private final String words;

    Problem(CauseType type, String words) {
      this.type = type;
      this.words = words;
    }

    public CauseType type() {
      return type;
    }

    String words() {
      return words;
    }
  }

  @Override
  public String toString() {
    return field + ": " + body;
  }
}
