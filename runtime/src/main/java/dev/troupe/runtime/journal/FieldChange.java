package dev.troupe.runtime.journal;

import dev.troupe.resources.ownership.field.FieldSet;
import dev.troupe.resources.ownership.field.PathStep;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What became of one field, or of one that is only replaced as a whole.
///
/// @param steps from the object to the field
/// @param before null if it was not there
/// @param after null if it is gone
public record FieldChange(
    List<PathStep> steps, @Nullable JsonNode before, @Nullable JsonNode after) {

  public FieldChange {
    steps = List.copyOf(steps);
  }

  /// As messages write it, such as `.spec.containers[name="web"].image`.
  public String path() {
    return FieldSet.text(steps);
  }
}
