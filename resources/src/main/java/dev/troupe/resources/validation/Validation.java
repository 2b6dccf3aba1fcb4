package dev.troupe.resources.validation;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The rules of one kind, beside those of metadata. Objects are defaulted.
public interface Validation {

  Validation NONE = (_, _) -> {};

  /// What must hold for every object.
  void check(ObjectNode object, FieldErrors errors);

  /// What must hold for a new object, beside [#check].
  default void checkNew(ObjectNode object, FieldErrors errors) {}

  /// What must hold for a change, beside [#check].
  default void checkChange(ObjectNode object, ObjectNode old, FieldErrors errors) {}

  /// What must hold for a change of the status, which [#check] does not speak of.
  default void checkStatus(ObjectNode object, ObjectNode old, FieldErrors errors) {}

  /// What is accepted and will surprise, or is accepted and not honoured. Nothing that a controller
  /// plans is asked about.
  ///
  /// @param old null if the object is new
  default void warn(ObjectNode object, @Nullable ObjectNode old, FieldWarnings warnings) {}
}
