package dev.troupe.resources.schema.shape;

import dev.troupe.resources.schema.Field.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Lists, and maps with keys of the user's own.
///
/// @param item the shape of items or values
/// @param isList a map if not
record ContainerShape(
    boolean isAtomicObject,
    ListType listType,
    List<String> listKeys,
    MergeShape item,
    boolean isList)
    implements MergeShape {

  @Override
  public MergeShape field(String name) {
    return item;
  }

  @Override
  public boolean declares(String name) {
    return false;
  }

  @Override
  public @Nullable JsonNode defaultOf(String field) {
    return null;
  }

  @Override
  public @Nullable String complaint(JsonNode value) {
    boolean fits = isList ? value.isArray() : value.isObject();
    return fits || value.isNull()
        ? null
        : "expected " + (isList ? "list" : "map") + ", got &{" + value + "}";
  }
}
