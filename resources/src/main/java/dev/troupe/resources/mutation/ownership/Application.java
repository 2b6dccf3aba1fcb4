package dev.troupe.resources.mutation.ownership;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.ownership.field.FieldSet;
import dev.troupe.resources.ownership.merging.Comparison;
import dev.troupe.resources.ownership.merging.MergedObject;
import dev.troupe.resources.ownership.merging.OwnedFields;
import dev.troupe.resources.schema.shape.MergeShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One object that is applied to another one: what comes of it, who owns what then, and who
/// objects.
final class Application {

  private final FieldOwner applier;
  private final MergeShape shape;
  private final ObjectVersions versions;
  private final UnaryOperator<FieldSet> ownable;

  Application(
      FieldOwner applier,
      MergeShape shape,
      ObjectVersions versions,
      UnaryOperator<FieldSet> ownable) {
    this.applier = applier;
    this.shape = shape;
    this.versions = versions;
    this.ownable = ownable;
  }

  /// @param object what comes of it
  /// @param conflicts of whom it would take what without being allowed to
  record Result(ObjectNode object, OwnerEntries owners, List<OwnershipConflict> conflicts) {}

  /// @param live in the version of the applier, without its owners
  /// @param wanted what is applied, which fits the shape
  /// @param normal brings what comes of a merge into its canonical form
  Result apply(
      ObjectNode live,
      ObjectNode wanted,
      OwnerEntries owners,
      UnaryOperator<ObjectNode> normal,
      String now) {
    var last = owners.find(applier);
    var set = ownable.apply(OwnedFields.of(wanted, shape));
    var merged = MergedObject.of(live, wanted, shape);
    var all = owners.with(OwnerEntry.of(applier, null, set));
    var object =
        normal.apply(new FieldPruning(versions).of(merged, applier.apiVersion(), last, set, all));
    var change = new OwnedChange(live, object, versions, ownable);
    var conflicts = conflicts(change, all);
    boolean same = Json.same(live, object);
    var time = same ? (last == null ? null : last.time()) : now;
    var mine = OwnerEntry.of(applier, time, set.difference(NeverOwned.FIELDS));
    return new Result(object, change.taken(all, applier).with(mine), conflicts);
  }

  /// Who owns what is applied, should nothing be there yet.
  OwnerEntries begin(ObjectNode wanted, String now) {
    var set = ownable.apply(OwnedFields.of(wanted, shape)).difference(NeverOwned.FIELDS);
    return OwnerEntries.NONE.with(applier, set, now);
  }

  private List<OwnershipConflict> conflicts(OwnedChange change, OwnerEntries owners) {
    var conflicts = new ArrayList<OwnershipConflict>(0);
    for (var entry : owners.entries()) {
      var comparison = in(change, entry);
      if (comparison != null) {
        var changed = entry.fields().intersection(comparison.changed());
        if (!changed.isEmpty()) {
          conflicts.add(new OwnershipConflict(entry.owner(), changed));
        }
      }
    }
    conflicts.sort(Comparator.comparing(conflict -> conflict.owner().words()));
    return conflicts;
  }

  private @Nullable Comparison in(OwnedChange change, OwnerEntry entry) {
    return entry.owner().isSame(applier) ? null : change.in(entry.owner().apiVersion());
  }
}
