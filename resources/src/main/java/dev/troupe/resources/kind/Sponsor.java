package dev.troupe.resources.kind;

import dev.troupe.api.resource.TypeRef;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Another object that a new one needs, and is completed by before it is decided: for pods, their
/// service account and their priority class.
public interface Sponsor {

  /// Who shall complete a new object.
  sealed interface Wanted {

    /// It is complete as it is.
    record Nobody() implements Wanted {}

    /// One of this name, of the namespace of the object if sponsors are in namespaces.
    record Named(String name) implements Wanted {}

    /// Whoever serves objects that name nobody.
    record Whoever() implements Wanted {}
  }

  TypeRef type();

  /// Whether sponsors are in namespaces.
  boolean namespaced();

  /// @param object as it was sent, held against no schema yet
  Wanted wanted(ObjectNode object);

  /// Who serves objects that name nobody.
  ///
  /// @param all read when they are asked for
  default Optional<ObjectNode> whoever(Stream<ObjectNode> all) {
    return Optional.empty();
  }

  /// Completes the new object.
  ///
  /// @param object as it was sent; changed
  /// @param sponsor null if there is none
  /// @param uid of the new object
  /// @return why it is forbidden; empty if it is not
  Optional<String> complete(ObjectNode object, @Nullable ObjectNode sponsor, String uid);
}
