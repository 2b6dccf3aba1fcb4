package dev.troupe.resources.patch;

import tools.jackson.databind.node.ObjectNode;

/// What a patch comes to. Neither the document nor the patch is modified; the result may share
/// parts with both.
public sealed interface Patched {

  record Applied(ObjectNode document) implements Patched {}

  record Rejected(Reason reason, String message) implements Patched {}

  enum Reason {
    /// It is not a patch of its kind.
    MALFORMED,
    /// It has more operations than are allowed.
    TOO_MANY_OPERATIONS,
    /// It does not fit the document, or a test of it failed.
    INAPPLICABLE
  }
}
