package dev.troupe.resources.claim;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What the objects of a kind must have of their own.
public interface Claims {

  /// Everything that a valid object must have, each thing once: what it names, and what it leaves
  /// open.
  List<Claim> of(ObjectNode object);

  /// Writes into the object what it left open.
  ///
  /// @param claims all of them on things
  void fill(ObjectNode object, List<Claim> claims);
}
