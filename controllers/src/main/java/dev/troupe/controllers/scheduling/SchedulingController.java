package dev.troupe.controllers.scheduling;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Change;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.ObjectTimes;
import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.ownership.WriterNames;
import dev.troupe.controllers.scheduling.placement.Fit;
import dev.troupe.controllers.scheduling.placement.Preemption;
import dev.troupe.controllers.scheduling.placement.Preemption.Outcome;
import dev.troupe.controllers.scheduling.placement.Preference;
import dev.troupe.controllers.scheduling.placement.Unschedulable;
import dev.troupe.controllers.scheduling.queue.WaitingPods.Waiting;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/// Binds every pod that names no node, and no other scheduler, to the best node that it fits on. A
/// pod that fits on none says why, and is looked at again when something has changed that may help.
public final class SchedulingController implements CollectionController<SchedulerState> {

  static final String SCHEDULER = "default-scheduler";

  private static final TypeRef NAMESPACES = Keys.type(Namespace.class);

  @Override
  public String name() {
    return SCHEDULER;
  }

  @Override
  public String fieldManager() {
    return WriterNames.SCHEDULER;
  }

  @Override
  public String component() {
    return name();
  }

  @Override
  public List<Class<? extends HasMetadata>> follows() {
    return List.of(Node.class, Pod.class, Namespace.class);
  }

  @Override
  public SchedulerState initial() {
    return new SchedulerState();
  }

  @Override
  public SchedulerState apply(SchedulerState state, Change change) {
    if (change.key().type().equals(NAMESPACES)) {
      var labels = Labels.orEmpty(change.metadata().getLabels());
      state.namespace(change.key().name(), change.deleted() ? null : labels);
    } else {
      state.apply(change);
    }
    return state;
  }

  @Override
  public Collection<ResourceKey> concerns(SchedulerState state, Change change) {
    var called = state.called();
    if (!state.isNew(change.key())) {
      return called;
    }
    var all = new LinkedHashSet<>(called);
    all.add(change.key());
    return all;
  }

  @Override
  public Plan decide(SchedulerState state, Change latest, Cause cause, Instant now) {
    var key = latest.key();
    state.forgetAssumption(key);
    var waiting = state.waiting().get(key);
    if (waiting == null) {
      var pod = latest.as(Pod.class);
      return pod == null ? Plan.nothing() : leave(state, key, pod, now);
    }
    var announced = new Announcement(waiting.pod(), now);
    var gates = waiting.pod().getSpec().getSchedulingGates();
    if (gates != null && !gates.isEmpty()) {
      return announced.gated();
    }
    var kin = state.waiting().tried(waiting.demand());
    if (waiting.tried() && kin != null && kin.restsUntil().isAfter(now)) {
      return announced.resting(ObjectTimes.until(kin.restsUntil(), now));
    }
    return place(state, key, waiting, announced);
  }

  private static Plan place(
      SchedulerState state, ResourceKey key, Waiting waiting, Announcement announced) {
    var demand = waiting.demand();
    var fit = Fit.of(key, demand, state.occupancy());
    var choice = Preference.choose(fit, state.occupancy(), state.nominated(key));
    if (choice.isEmpty()) {
      return makeRoom(state, key, waiting, announced, Unschedulable.of(fit, state.occupancy()));
    }
    state.assume(key, demand, choice.get());
    return announced.bound(choice.get().name());
  }

  private static Plan makeRoom(
      SchedulerState state,
      ResourceKey key,
      Waiting waiting,
      Announcement announced,
      Unschedulable why) {
    if (why.nodes() == 0) {
      state.waiting().failed(key, true, announced.now());
      return announced.unschedulable(why.message(), "");
    }
    var nominated = Pods.nominatedNode(waiting.pod());
    var preemption = new Preemption(key, waiting.demand(), why, state.occupancy());
    return switch (preemption.find(nominated)) {
      case Outcome.Found found -> nominate(state, key, waiting.pod(), announced, why, found);
      case Outcome.None(var message, var mayHope) -> {
        state.waiting().failed(key, true, announced.now());
        yield announced.unschedulable(
            why.message() + " preemption: " + message, mayHope ? nominated : "");
      }
    };
  }

  private static Plan nominate(
      SchedulerState state,
      ResourceKey key,
      Pod pod,
      Announcement announced,
      Unschedulable why,
      Outcome.Found found) {
    state.waiting().failed(key, false, announced.now());
    if (found.node().equals(Pods.nominatedNode(pod))) {
      state.nominations().repeat(key);
      return announced.unschedulable(why.message(), "");
    }
    var uid = pod.getMetadata().getUid();
    state.nominations().intend(key, uid, found.node(), found.victims());
    return announced.unschedulable(why.message(), found.node());
  }

  /// Lets a pod leave for another one that still waits for that.
  private static Plan leave(SchedulerState state, ResourceKey key, Pod pod, Instant now) {
    var notice = state.nominations().notice(key);
    if (notice == null) {
      return Plan.nothing();
    }
    var winner = state.waiting().get(notice.winner());
    boolean isWanted =
        winner != null
            && winner.pod().getMetadata().getUid().equals(notice.uid())
            && state.nominated(notice.winner()).equals(notice.node())
            && Pods.nodeName(pod).equals(notice.node())
            && Pods.isActive(pod);
    if (!isWanted) {
      state.nominations().obeyed(key);
      return Plan.nothing();
    }
    return new Announcement(pod, now).preempted(notice.uid(), notice.node());
  }
}
