package dev.troupe.resources.schema;

/// The type of a field's value in JSON.
public sealed interface FieldType {

  enum Scalar implements FieldType {
    STRING,
    BOOLEAN,
    INT32,
    INT64,
    DOUBLE,
    /// Base64.
    BYTES,
    /// RFC 3339, seconds.
    TIME,
    /// RFC 3339, microseconds.
    MICRO_TIME,
    QUANTITY,
    INT_OR_STRING,
    /// Any JSON value; nothing in it is unknown.
    ANY,
    /// Any JSON object; nothing in it is unknown.
    OBJECT
  }

  /// An object of the named schema.
  record Ref(String schema) implements FieldType {}

  record ListOf(FieldType item) implements FieldType {}

  record MapOf(FieldType value) implements FieldType {}
}
