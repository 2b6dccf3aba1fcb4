package dev.troupe.resources.subresource;

import dev.troupe.resources.validation.FieldErrors;
import tools.jackson.databind.node.ObjectNode;

/// What becomes of a resource by what was sent to one of its subresources.
public sealed interface Applied {

  /// A changed copy.
  record Changed(ObjectNode object) implements Applied {}

  record Invalid(FieldErrors errors) implements Applied {}

  /// The state of the resource does not allow it.
  record Conflicting(String why) implements Applied {}
}
