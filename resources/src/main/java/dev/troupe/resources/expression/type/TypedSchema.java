package dev.troupe.resources.expression.type;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A schema as expressions see it.
///
/// @param structs all types that have fields, by name
public record TypedSchema(ExpressionType self, ImmutableMap<String, CelType> structs) {

  private static final String NAME = "selfType";

  /// Empty if expressions can see nothing of such values.
  ///
  /// @param root whether values are objects of Kubernetes, whose type and name are always there
  public static Optional<TypedSchema> of(ObjectNode schema, boolean root) {
    var builder = new TypeBuilder();
    var self = builder.type(schema, root, NAME, 0);
    return self == null ? Optional.empty() : Optional.of(new TypedSchema(self, builder.structs()));
  }
}
