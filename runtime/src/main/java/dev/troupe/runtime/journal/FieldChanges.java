package dev.troupe.runtime.journal;

import dev.troupe.resources.ownership.field.FieldSet;
import dev.troupe.resources.ownership.field.PathStep;
import dev.troupe.resources.ownership.merging.Comparison;
import dev.troupe.resources.ownership.merging.FieldValue;
import dev.troupe.resources.schema.shape.MergeShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How two states of an object differ, field by field.
final class FieldChanges {

  /// What every write changes, and what says who changed what: that is told anyhow.
  private static final FieldSet BOOKKEEPING =
      FieldSet.ofFields("metadata", "resourceVersion")
          .union(FieldSet.ofFields("metadata", "managedFields"));

  private final @Nullable JsonNode before;
  private final JsonNode after;
  private final MergeShape shape;
  private final List<FieldChange> changes = new ArrayList<>();

  private FieldChanges(@Nullable JsonNode before, JsonNode after, MergeShape shape) {
    this.before = before;
    this.after = after;
    this.shape = shape;
  }

  /// In the order of their paths.
  ///
  /// @param before null if the object was not there
  static List<FieldChange> between(@Nullable JsonNode before, JsonNode after, MergeShape shape) {
    var difference = Comparison.of(before, after, shape).of(set -> set.without(BOOKKEEPING));
    var changes = new FieldChanges(before, after, shape);
    changes.add(difference.added(), new ArrayList<>());
    changes.add(difference.modified(), new ArrayList<>());
    changes.add(difference.removed(), new ArrayList<>());
    changes.changes.sort(Comparator.comparing(FieldChange::path));
    return List.copyOf(changes.changes);
  }

  /// Of what came or went with all that is in it, the parts are told.
  private void add(FieldSet set, List<PathStep> prefix) {
    set.forEachStep((step, member, below) -> {
      prefix.add(step);
      if (below.isEmpty() && member) {
        changes.add(
            new FieldChange(
                prefix,
                FieldValue.of(before, prefix, shape).orElse(null),
                FieldValue.of(after, prefix, shape).orElse(null)));
      }
      add(below, prefix);
      prefix.removeLast();
    });
  }
}
