package dev.troupe.controllers.garbagecollection;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.controllers.objects.ObjectTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The deletion of an owner that waits for its dependents: to be gone (those that block it), or to
/// be let go.
final class OwnerDeletion {

  /// How long after the deletion an owner is held at least before its dependents count as all let
  /// go: other collections may be seen a little late.
  private static final Duration SETTLING = Duration.ofSeconds(1);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
  private static final String TIMER = "dependents";

  private final Owned owner;
  private final OwnershipState state;
  private final Instant now;

  OwnerDeletion(Owned owner, OwnershipState state, Instant now) {
    this.owner = owner;
    this.state = state;
    this.now = now;
  }

  Plan plan() {
    return owner.finalizers().contains(Owned.ORPHAN) ? letGo() : waitForDependents();
  }

  private Plan letGo() {
    var dependents = state.dependentsOf(owner);
    if (!dependents.isEmpty()) {
      var plan =
          Plan.nothing()
              .waitFor("dependents", dependents.size() + " to be let go")
              .timer(TIMER, SETTLING);
      for (var dependent : dependents) {
        plan = plan.write(release(dependent));
      }
      return plan;
    }
    var settled = Objects.requireNonNull(owner.deletedAt()).plus(SETTLING);
    return settled.isAfter(now)
        ? Plan.nothing().timer(TIMER, ObjectTimes.until(settled, now))
        : Plan.nothing().write(without(Owned.ORPHAN));
  }

  private Plan waitForDependents() {
    long blocking = blocking(owner).filter(dependent -> !waitsForOwner(dependent)).count();
    return blocking == 0
        ? Plan.nothing().write(without(Owned.FOREGROUND))
        : Plan.nothing().waitFor("dependents", blocking + " to be gone").timer(TIMER, LOOK_AGAIN);
  }

  private Stream<Owned> blocking(Owned waiting) {
    return state.dependentsOf(waiting).stream().filter(dependent -> blocks(dependent, waiting));
  }

  private static boolean blocks(Owned dependent, Owned waiting) {
    return dependent.owners().stream()
        .anyMatch(reference ->
            reference.getUid().equals(waiting.uid())
                && Boolean.TRUE.equals(reference.getBlockOwnerDeletion()));
  }

  /// Whether the dependent waits for the owner in turn, itself or by way of others: neither would
  /// ever go.
  private boolean waitsForOwner(Owned dependent) {
    if (!dependent.isDeletingInForeground()) {
      return false;
    }
    var reached = new HashSet<String>();
    var next = new ArrayDeque<>(List.of(dependent));
    while (!next.isEmpty()) {
      var one = next.poll();
      if (one.uid().equals(owner.uid())) {
        return true;
      }
      if (one.isDeletingInForeground() && reached.add(one.uid())) {
        blocking(one).forEach(next::add);
      }
    }
    return false;
  }

  private Write release(Owned dependent) {
    return OrphanCheck.references(
        dependent,
        dependent.owners().stream().filter(r -> !r.getUid().equals(owner.uid())).toList());
  }

  private Write without(String finalizer) {
    return new Write.Patch(
        owner.key(),
        "",
        Map.of(
            "metadata",
            Map.of(
                "finalizers",
                owner.finalizers().stream().filter(f -> !f.equals(finalizer)).toList())),
        owner.uid(),
        owner.resourceVersion());
  }
}
