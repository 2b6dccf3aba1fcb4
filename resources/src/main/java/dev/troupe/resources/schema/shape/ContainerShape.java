package dev.troupe.resources.schema.shape;

import dev.troupe.resources.schema.Field.ListType;
import java.util.List;

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
  public ExpectedValue expected() {
    return isList ? ExpectedValue.LIST : ExpectedValue.MAP;
  }
}
