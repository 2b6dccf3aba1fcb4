package dev.troupe.resources.validation;

/// One thing that is wrong.
///
/// @param body what is wrong, with the value: `Invalid value: "x": must be …`
public record FieldError(Problem problem, String field, String body) {

  /// The causes of a `Status`, and how they begin in words.
  public enum Problem {
    REQUIRED("FieldValueRequired", "Required value"),
    INVALID("FieldValueInvalid", "Invalid value"),
    NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"),
    DUPLICATE("FieldValueDuplicate", "Duplicate value"),
    FORBIDDEN("FieldValueForbidden", "Forbidden"),
    TOO_LONG("FieldValueTooLong", "Too long"),
    TOO_MANY("FieldValueTooMany", "Too many"),
    NOT_FOUND("FieldValueNotFound", "Not found"),
    TYPE_INVALID("FieldValueTypeInvalid", "Invalid value");

    private final String reason;
    private final String words;

    Problem(String reason, String words) {
      this.reason = reason;
      this.words = words;
    }

    public String reason() {
      return reason;
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
