package dev.troupe.resources.mutation.ownership;

import dev.troupe.resources.validation.FieldErrors;

/// Who owns fields: a name, and in which way it came to them.
///
/// @param apiVersion the group-version in which it speaks of the fields
/// @param subresource empty for the whole
public record FieldOwner(String name, Operation operation, String apiVersion, String subresource) {

  /// How fields are come by.
  public enum Operation {
    APPLY("Apply"),
    UPDATE("Update");

    private final String text;

    Operation(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /// Whether two entries are of one owner: who applies is the same in every version.
  boolean isSame(FieldOwner other) {
    return name.equals(other.name)
        && operation == other.operation
        && subresource.equals(other.subresource)
        && (operation == Operation.APPLY || apiVersion.equals(other.apiVersion));
  }

  /// As messages about conflicts name it.
  String words() {
    return FieldErrors.quoted(name)
        + (subresource.isEmpty() ? "" : " with subresource " + FieldErrors.quoted(subresource))
        + (operation == Operation.UPDATE ? " using " + apiVersion : "");
  }
}
