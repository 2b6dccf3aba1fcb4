package dev.troupe.resources.mutation.ownership;

import dev.troupe.resources.ownership.field.FieldSet;
import java.util.List;

/// What belongs to the server alone.
final class NeverOwned {

  static final FieldSet FIELDS = fields();

  private NeverOwned() {}

  private static FieldSet fields() {
    var set =
        FieldSet.ofFields("apiVersion")
            .union(FieldSet.ofFields("kind"))
            .union(FieldSet.ofFields("metadata"));
    for (var field :
        List.of(
            "name",
            "namespace",
            "creationTimestamp",
            "selfLink",
            "uid",
            "clusterName",
            "generation",
            "managedFields",
            "resourceVersion")) {
      set = set.union(FieldSet.ofFields("metadata", field));
    }
    return set;
  }
}
