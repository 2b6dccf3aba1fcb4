package dev.troupe.resources.schema.shape;

import dev.troupe.resources.schema.Field.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What merging must know of the values at one place of an object: how they are taken apart.
/// Scalars never are. Immutable; safe for any number of threads.
public interface MergeShape {

  /// Whether objects are replaced as a whole.
  boolean isAtomicObject();

  /// The shape of what is under a field or key of objects; null if there may be nothing.
  @Nullable MergeShape field(String name);

  /// Whether the schema names the field. What it does not name is the key of a map, which is owned
  /// beside its value.
  default boolean declares(String name) {
    return false;
  }

  /// How lists are taken apart; `NONE` means as a whole.
  default ListType listType() {
    return ListType.ATOMIC;
  }

  /// The fields that tell items of a list of type `MAP` apart.
  default List<String> listKeys() {
    return List.of();
  }

  /// The shape of items of lists.
  default MergeShape item() {
    return DeducedShape.INSTANCE;
  }

  /// The value that the field of an object has if it is not given; null if none. Asked only for
  /// [#listKeys] of the list around.
  default @Nullable JsonNode defaultOf(String field) {
    return null;
  }

  /// What values must be here.
  ExpectedValue expected();
}
