package dev.troupe.runtime.controller.logic.state;

import dev.troupe.api.controller.Plan;
import dev.troupe.runtime.controller.plan.EventWriter;
import dev.troupe.runtime.controller.plan.PlanWords;
import dev.troupe.runtime.controller.plan.Subject;
import dev.troupe.runtime.controller.view.Sight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From state and plan to the next state. Pure.
public final class Decisions {

  private static final int KEPT_CALLS = 64;
  private static final int KEPT_NOTES = 16;

  /// The same thing is not said again within this time.
  private static final long SAY_AGAIN_MILLIS = 30_000;

  /// How long repetitions are counted as one Event.
  private static final long SAME_EVENT_MILLIS = 3_600_000;

  private Decisions() {}

  /// @param writes those of the plan that change something
  /// @param memory what the controller remembers of the object from now on
  /// @param causes why it was decided
  /// @param keepsResults whether calls that are done are remembered, so as not to be repeated
  public static ObjectState next(
      ObjectState state,
      Subject subject,
      Sight sight,
      Plan plan,
      List<Plan.Write> writes,
      @Nullable String memory,
      PendingCauses.Taken causes,
      boolean keepsResults,
      long now) {
    var seen = new HashMap<String, Long>();
    int inVain = inVain(state, plan, writes, causes);
    sight.versions().forEach((type, version) -> seen.put(type.toString(), version));
    return new ObjectState(
        ObjectState.FORMAT,
        state.controller(),
        state.key(),
        subject.uid(),
        subject.version(),
        seen,
        causes.words(),
        PlanWords.of(plan, writes),
        Timers.next(state.timers(), plan, inVain, now),
        calls(state, plan, subject, keepsResults, now),
        said(state, plan, subject, now),
        plan.waits(),
        state.retry(),
        plan.releases(),
        inVain,
        memory);
  }

  /// A timer that is set again at once, although nothing but another has called for this decision
  /// and nothing has come of it.
  private static int inVain(
      ObjectState state, Plan plan, List<Plan.Write> writes, PendingCauses.Taken causes) {
    boolean fruitless =
        causes.areTimers()
            && writes.isEmpty()
            && plan.calls().isEmpty()
            && plan.memories().isEmpty();
    if (!fruitless) {
      return 0;
    }
    return Timers.setsSoon(state.timers(), plan)
        ? Math.min(state.inVain(), Integer.MAX_VALUE - 1) + 1
        : Timers.goesOn(state.timers(), plan) ? state.inVain() : 0;
  }

  private static Map<String, ObjectState.Call> calls(
      ObjectState state, Plan plan, Subject subject, boolean keepsResults, long now) {
    var calls = new HashMap<>(state.calls());
    if (!keepsResults) {
      calls.values().removeIf(ObjectState.Call::done);
    }
    for (var activity : plan.abandoned()) {
      calls.computeIfPresent(StateFormat.name(activity), (_, call) -> call.done() ? call : null);
    }
    var planned = new HashSet<String>();
    for (var activity : plan.calls()) {
      var name = StateFormat.name(activity);
      planned.add(name);
      var key = state.controller() + "/" + subject.uid() + "/" + name + "@" + subject.version();
      var call = StateFormat.call(activity, key + "." + now, now);
      var before = calls.get(name);
      if (before == null || !before.sameRecord(call)) {
        calls.put(name, call);
      }
    }
    if (calls.size() > KEPT_CALLS) {
      calls
          .entrySet()
          .removeIf(entry -> entry.getValue().done() && !planned.contains(entry.getKey()));
    }
    return calls;
  }

  private static Map<String, ObjectState.Said> said(
      ObjectState state, Plan plan, Subject subject, long now) {
    if (plan.events().isEmpty()) {
      return state.said();
    }
    var said = new HashMap<>(state.said());
    for (var note : plan.events()) {
      said.merge(
          EventWriter.digest(note, subject, state.controller()),
          new ObjectState.Said(1, now, now),
          (before, first) -> again(before, first, now));
    }
    var oldest = new ArrayList<>(said.entrySet());
    oldest.sort(Comparator.comparingLong(entry -> entry.getValue().lastMillis()));
    for (int i = 0; i < oldest.size() - KEPT_NOTES; i++) {
      said.remove(oldest.get(i).getKey());
    }
    return said;
  }

  private static ObjectState.Said again(ObjectState.Said before, ObjectState.Said first, long now) {
    long silence = now - before.lastMillis();
    if (silence > SAME_EVENT_MILLIS) {
      return first;
    }
    return silence < SAY_AGAIN_MILLIS
        ? before
        : new ObjectState.Said(before.count() + 1, before.firstMillis(), now);
  }
}
