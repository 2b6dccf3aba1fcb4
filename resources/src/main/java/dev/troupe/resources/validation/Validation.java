package dev.troupe.resources.validation;

import tools.jackson.databind.node.ObjectNode;

/// The rules of one kind, beside those of metadata. Objects are defaulted.
public interface Validation {

  Validation NONE = (_, _) -> {};

  /// What must hold for every object.
  void check(ObjectNode object, FieldErrors errors);

  /// What must hold for a change, beside [#check].
  default void checkChange(ObjectNode object, ObjectNode old, FieldErrors errors) {}
}
