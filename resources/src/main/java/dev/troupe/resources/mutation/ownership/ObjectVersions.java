package dev.troupe.resources.mutation.ownership;

import dev.troupe.resources.schema.shape.MergeShape;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The group-versions in which owners speak of the fields of an object.
interface ObjectVersions {

  /// Null if there is no such version any more.
  @Nullable MergeShape shape(String apiVersion);

  /// The object, which says in which version it is, in another one; null if nobody can say how it
  /// looks there.
  @Nullable ObjectNode convert(ObjectNode object, String apiVersion);
}
