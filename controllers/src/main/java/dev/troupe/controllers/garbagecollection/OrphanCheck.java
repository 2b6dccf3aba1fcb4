package dev.troupe.controllers.garbagecollection;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Note;
import dev.troupe.api.controller.Plan.Propagation;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.controller.PlatformActivity.ReadOwner;
import dev.troupe.controllers.objects.Owners;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Whether one object still has an owner, and what follows: it stays, it loses the references to
/// those that are gone, or it goes too.
final class OrphanCheck {

  /// A type that has just been defined is not followed for a moment: an owner of it that is there,
  /// and not known here, may be gone by then without having been seen.
  private static final Duration UNTIL_KNOWN = Duration.ofSeconds(5);

  private final Owned object;
  private final OwnershipState state;
  private final OwnerTypes types;

  private final List<OwnerReference> solid = new ArrayList<>();
  private final List<OwnerReference> waiting = new ArrayList<>();
  private final List<OwnerReference> absent = new ArrayList<>();
  private Plan plan = Plan.nothing();

  OrphanCheck(Owned object, OwnershipState state, OwnerTypes types) {
    this.object = object;
    this.state = state;
    this.types = types;
  }

  Plan plan() {
    object.owners().forEach(this::classify);
    if (solid.size() + waiting.size() + absent.size() < object.owners().size()) {
      return plan; // Some owners are being read.
    }
    if (!solid.isEmpty()) {
      return solid.size() == object.owners().size() ? plan : plan.write(references(object, solid));
    }
    return plan.write(
        new Write.Delete(
            object.key(), object.uid(), object.resourceVersion(), null, propagation()));
  }

  private void classify(OwnerReference reference) {
    var type = types.find(reference.getApiVersion(), reference.getKind());
    if (type.isEmpty() && state.hasDeparted(reference.getUid())) {
      // Its type has gone with it, or soon after.
      absent.add(reference);
      return;
    }
    if (type.isEmpty()) {
      unresolved("no kind " + reference.getKind() + " in " + reference.getApiVersion());
      return;
    }
    var owner = state.byUid(reference.getUid());
    if (owner != null && !owner.reaches(object.key().namespace())) {
      noteInvalidNamespace(reference);
    }
    if (!type.get().mayOwn(object)) {
      unresolved("an owner in a namespace has nothing outside of it");
      return;
    }
    var key = type.get().key(object.key().namespace(), reference.getName());
    if (owner != null && owner.key().equals(key)) {
      (owner.isDeletingInForeground() ? waiting : solid).add(reference);
      return;
    }
    var present = state.verified(reference.getUid(), key);
    if (present != null) {
      (present ? solid : absent).add(reference);
      if (present && type.get().defined()) {
        plan = plan.timer("owner", UNTIL_KNOWN);
      }
    } else {
      plan = plan.call(new ReadOwner(key, reference.getUid()));
      unresolved("whether " + key + " is gone");
    }
  }

  private void unresolved(String explanation) {
    plan = plan.waitFor("owner", explanation);
  }

  /// Whether all its owners are known to be there, so that nothing is to be done about it.
  static boolean isOwned(Owned object, OwnershipState state, OwnerTypes types) {
    return object.owners().stream().allMatch(reference -> lives(reference, object, state, types));
  }

  private static boolean lives(
      OwnerReference reference, Owned object, OwnershipState state, OwnerTypes types) {
    var owner = state.byUid(reference.getUid());
    return owner != null
        && !owner.isDeletingInForeground()
        && types
            .find(reference.getApiVersion(), reference.getKind())
            .filter(type -> type.mayOwn(object))
            .map(type -> type.key(object.key().namespace(), reference.getName()))
            .filter(owner.key()::equals)
            .isPresent();
  }

  /// A dependent that has dependents waits for them too, if its own owner does. Else its finalizers
  /// say how it is to go.
  private Propagation propagation() {
    if (!waiting.isEmpty() && !state.dependentsOf(object).isEmpty()) {
      return Propagation.FOREGROUND;
    }
    if (object.finalizers().contains(Owned.ORPHAN)) {
      return Propagation.ORPHAN;
    }
    return object.finalizers().contains(Owned.FOREGROUND)
        ? Propagation.FOREGROUND
        : Propagation.BACKGROUND;
  }

  /// Leaves the object only these owners.
  static Write references(Owned object, List<OwnerReference> references) {
    return new Write.Patch(
        object.key(),
        "",
        Map.of(
            "metadata", Map.of("ownerReferences", references.stream().map(Owners::json).toList())),
        object.uid(),
        object.resourceVersion());
  }

  private void noteInvalidNamespace(OwnerReference reference) {
    plan =
        plan.note(
            new Note(
                true,
                "OwnerRefInvalidNamespace",
                "ownerRef ["
                    + reference.getApiVersion()
                    + "/"
                    + reference.getKind()
                    + ", namespace: "
                    + object.key().namespace()
                    + ", name: "
                    + reference.getName()
                    + ", uid: "
                    + reference.getUid()
                    + "] does not exist in namespace \""
                    + object.key().namespace()
                    + "\"",
                null));
  }
}
