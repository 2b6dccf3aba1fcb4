package dev.troupe.runtime.controller.plan;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.controller.view.Sight;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.resource.StoredResource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The owned objects that go because a plan does not list them any more.
final class UnplannedChildren {

  private final Types types;
  private final Set<TypeRef> pruned;

  /// @param pruned the types of which no others shall be there than those that are planned
  UnplannedChildren(Types types, Set<TypeRef> pruned) {
    this.types = types;
    this.pruned = Set.copyOf(pruned);
  }

  /// Deletions, each of exactly the object that was seen. None of an object that is going itself:
  /// what it owns goes with it.
  List<Write> of(Plan plan, Subject subject, Sight sight) {
    if (pruned.isEmpty() || subject.deleting() || !prunes(plan)) {
      return List.of();
    }
    var listed = listed(plan, subject);
    var deletions = new ArrayList<Write>();
    for (var type : pruned) {
      for (var seen : sight.related().getOrDefault(type, List.of())) {
        if (!listed.contains(seen.key()) && isOwned(seen, subject)) {
          deletions.add(
              new Write.Delete(seen.key(), seen.uid(), null, null, Plan.Propagation.BACKGROUND));
        }
      }
    }
    return deletions;
  }

  private static boolean prunes(Plan plan) {
    return plan.prunes() || plan.writes().stream().anyMatch(Write.Own.class::isInstance);
  }

  /// All that the plan says anything about.
  private Set<ResourceKey> listed(Plan plan, Subject subject) {
    var listed = new HashSet<ResourceKey>();
    for (var write : plan.writes()) {
      switch (write) {
        case Write.Own(var object) -> listed.add(PlannedObject.key(object, types, subject));
        case Write.Apply(var object) -> listed.add(PlannedObject.key(object, types, subject));
        case Write.Patch patch -> listed.add(patch.key());
        case Write.Delete delete -> listed.add(delete.key());
        case Write.Status _, Write.Bind _ -> {}
      }
    }
    plan.kept().forEach(object -> listed.add(PlannedObject.key(object, types, subject)));
    return listed;
  }

  /// Whether the subject is its controlling owner, and it is not on its way out.
  private static boolean isOwned(StoredResource seen, Subject subject) {
    if (!seen.ownerUids().contains(subject.uid())) {
      return false;
    }
    var metadata = ControllerJson.object(seen.json()).path("metadata");
    if (metadata.hasNonNull("deletionTimestamp")) {
      return false;
    }
    for (var reference : metadata.path("ownerReferences")) {
      if (reference.path("uid").asString("").equals(subject.uid())) {
        return reference.path("controller").asBoolean(false);
      }
    }
    return false;
  }
}
