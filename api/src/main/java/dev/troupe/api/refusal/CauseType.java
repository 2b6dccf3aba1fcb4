package dev.troupe.api.refusal;

/// What is wrong in one place of what was refused: the types of the causes of a `Status`.
///
/// Controllers remember them by the names of the constants: these are added, never renamed.
public enum CauseType {
  FIELD_VALUE_REQUIRED("FieldValueRequired"),
  FIELD_VALUE_INVALID("FieldValueInvalid"),
  FIELD_VALUE_NOT_SUPPORTED("FieldValueNotSupported"),
  FIELD_VALUE_DUPLICATE("FieldValueDuplicate"),
  FIELD_VALUE_FORBIDDEN("FieldValueForbidden"),
  FIELD_VALUE_TOO_LONG("FieldValueTooLong"),
  FIELD_VALUE_TOO_MANY("FieldValueTooMany"),
  FIELD_VALUE_NOT_FOUND("FieldValueNotFound"),
  FIELD_VALUE_TYPE_INVALID("FieldValueTypeInvalid"),
  RESOURCE_VERSION_TOO_LARGE("ResourceVersionTooLarge"),
  NAMESPACE_TERMINATING("NamespaceTerminating"),
  FIELD_MANAGER_CONFLICT("FieldManagerConflict"),

  /// Clients are told in words alone.
  UNSPECIFIED("");

  private final String text;

  CauseType(String text) {
    this.text = text;
  }

  /// How clients read it.
  public String text() {
    return text;
  }
}
