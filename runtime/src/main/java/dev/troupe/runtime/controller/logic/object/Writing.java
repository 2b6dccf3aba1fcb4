package dev.troupe.runtime.controller.logic.object;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.plan.PlanWriter;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.Stamp;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import java.util.HashMap;
import java.util.Map;

/// The writes of a decision, until all are answered.
///
/// They go one after the other. Only children and deletions that follow on each other need not wait
/// for each other: none depends on what another is answered.
final class Writing implements Phase.Unanswered {

  /// How many writes of one plan are in flight at once.
  private static final int MOST_ALONG = 16;

  private final Decided decided;
  private final String decision;
  private final Map<ResourceKey, Long> written = new HashMap<>();
  private int next;
  private int inFlight;

  /// @param decision tells it apart from all others of the object
  Writing(Decided decided, String decision) {
    this.decided = decided;
    this.decision = decision;
  }

  Decided decided() {
    return decided;
  }

  @Override
  public Round round() {
    return decided.round();
  }

  String decision() {
    return decision;
  }

  @Override
  public int inFlight() {
    return inFlight;
  }

  /// Whether the next write may be sent.
  boolean mayGoOn() {
    var writes = decided.writes();
    if (next >= writes.size() || inFlight == 0) {
      return next < writes.size();
    }
    var before = writes.get(next - 1);
    return inFlight < MOST_ALONG
        && (before instanceof Plan.Write.Own || before instanceof Plan.Write.Delete)
        && writes.get(next).getClass() == before.getClass();
  }

  /// Takes the next write, which is in flight from now on.
  ///
  /// @throws RuntimeException if the plan makes no sense
  PlannedWrite take(PlanWriter writer, Stamp stamp) {
    int index = next++;
    var round = decided.round();
    var write =
        writer.write(
            decided.writes().get(index), index, round.subject(), round.sight(), written, stamp);
    inFlight++;
    return write;
  }

  void answered(ResourceKey target, WriteOutcome outcome) {
    inFlight--;
    if (outcome instanceof WriteOutcome.Done(long version)) {
      written.put(target, version);
    }
  }

  /// Whether the plan lets the object go.
  boolean releases(String finalizer) {
    return decided.releases() && round().subject().finalizers().contains(finalizer);
  }

  boolean hasWritten(ResourceKey key) {
    return written.containsKey(key);
  }
}
