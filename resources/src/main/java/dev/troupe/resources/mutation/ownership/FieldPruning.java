package dev.troupe.resources.mutation.ownership;

import dev.troupe.resources.ownership.field.FieldSet;
import dev.troupe.resources.ownership.merging.FieldRemoval;
import dev.troupe.resources.ownership.merging.OwnedFields;
import dev.troupe.resources.schema.shape.MergeShape;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Takes from an object what its applier has applied the last time and does not apply any more,
/// unless it is somebody else's, too.
record FieldPruning(ObjectVersions versions) {

  /// @param merged in `apiVersion`
  /// @param last the former entry of the applier; null if it has none
  /// @param set what it applies now
  /// @param owners with what it applies now
  ObjectNode of(
      ObjectNode merged,
      String apiVersion,
      @Nullable OwnerEntry last,
      FieldSet set,
      OwnerEntries owners) {
    if (last == null || last.isEmpty()) {
      return merged;
    }
    var lastVersion = last.owner().apiVersion();
    var shape = versions.shape(lastVersion);
    if (shape == null || (lastVersion.equals(apiVersion) && set.containsAll(last.fields()))) {
      return merged;
    }
    var whole = converted(merged, lastVersion);
    var former = OwnedFields.named(last.fields(), shape);
    var pruned = FieldRemoval.of(whole, former, shape);
    for (var owned : byVersion(owners, lastVersion).entrySet()) {
      pruned = withOwned(whole, pruned, owned.getKey(), owned.getValue());
    }
    pruned = converted(pruned, lastVersion);
    var gone = fields(whole, shape).difference(fields(pruned, shape)).intersection(former);
    return converted(FieldRemoval.of(whole, gone, shape), apiVersion);
  }

  /// Where nobody can say, all that there is stays as it is.
  private ObjectNode converted(ObjectNode object, String apiVersion) {
    var converted = versions.convert(object, apiVersion);
    return converted == null ? object : converted;
  }

  /// The fields of all owners by version, those of one version first: without them an object might
  /// not be one that can be shown in the others.
  private static LinkedHashMap<String, FieldSet> byVersion(OwnerEntries owners, String first) {
    var sets = new LinkedHashMap<String, FieldSet>();
    sets.put(first, FieldSet.EMPTY);
    for (var entry : owners.entries()) {
      sets.merge(entry.owner().apiVersion(), entry.fields(), FieldSet::union);
    }
    return sets;
  }

  private ObjectNode withOwned(
      ObjectNode merged, ObjectNode pruned, String apiVersion, FieldSet owned) {
    var shape = versions.shape(apiVersion);
    if (shape == null) {
      return pruned;
    }
    var whole = converted(merged, apiVersion);
    var left = fields(converted(pruned, apiVersion), shape);
    var kept = left.union(OwnedFields.named(owned, shape));
    return FieldRemoval.of(whole, fields(whole, shape).difference(kept), shape);
  }

  private static FieldSet fields(ObjectNode object, MergeShape shape) {
    return OwnedFields.named(OwnedFields.of(object, shape), shape);
  }
}
