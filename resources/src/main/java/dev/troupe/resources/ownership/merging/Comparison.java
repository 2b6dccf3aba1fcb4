package dev.troupe.resources.ownership.merging;

import dev.troupe.resources.ownership.field.FieldSet;
import dev.troupe.resources.schema.shape.MergeShape;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How an object differs from what it was. No path is in two of the sets.
public record Comparison(FieldSet added, FieldSet modified, FieldSet removed) {

  /// @param before null if there was nothing
  public static Comparison of(@Nullable JsonNode before, JsonNode after, MergeShape shape) {
    return new ComparisonWalk().run(before, after, shape);
  }

  /// What is in the object now and was not, or was otherwise.
  public FieldSet changed() {
    return added.union(modified);
  }

  public boolean isEmpty() {
    return added.isEmpty() && modified.isEmpty() && removed.isEmpty();
  }

  /// With a part of each of the sets.
  public Comparison of(UnaryOperator<FieldSet> part) {
    return new Comparison(part.apply(added), part.apply(modified), part.apply(removed));
  }
}
