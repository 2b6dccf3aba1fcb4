package dev.troupe.resources.kind;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// What one object of a type at most may be.
public interface Distinction {

  /// Whether the object wants to be it.
  boolean isWanted(ObjectNode object);

  /// Looks at the others.
  ///
  /// @param object as it would be stored
  /// @param all that are stored, the object as it was among them; read when they are asked for
  /// @return why it is forbidden; empty if it is not
  Optional<String> forbidden(ObjectNode object, Stream<ObjectNode> all);
}
