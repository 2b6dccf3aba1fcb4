package dev.troupe.resources.kind;

import dev.troupe.api.resource.TypeRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Another object of the same namespace that a new one needs, and is completed by before it is
/// decided: for pods, their service account.
public interface Sponsor {

  TypeRef type();

  /// The name of the sponsor of a new object; empty if it needs none.
  ///
  /// @param object as it was sent, held against no schema yet
  String of(ObjectNode object);

  /// Completes the new object.
  ///
  /// @param object as it was sent; changed
  /// @param sponsor null if there is none
  /// @param uid of the new object
  /// @return why it is forbidden; empty if it is not
  Optional<String> complete(ObjectNode object, @Nullable ObjectNode sponsor, String uid);
}
