package dev.troupe.resources.schema.shape;

import dev.troupe.resources.schema.Field.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Where nothing is known but the values themselves: objects are maps, lists are replaced as a
/// whole.
public final class DeducedShape implements MergeShape {

  public static final DeducedShape INSTANCE = new DeducedShape();

  private DeducedShape() {}

  @Override
  public boolean isAtomicObject() {
    return false;
  }

  @Override
  public MergeShape field(String name) {
    return this;
  }

  @Override
  public boolean declares(String name) {
    return false;
  }

  @Override
  public ListType listType() {
    return ListType.ATOMIC;
  }

  @Override
  public List<String> listKeys() {
    return List.of();
  }

  @Override
  public MergeShape item() {
    return this;
  }

  @Override
  public @Nullable JsonNode defaultOf(String field) {
    return null;
  }

  @Override
  public @Nullable String complaint(JsonNode value) {
    return null;
  }
}
