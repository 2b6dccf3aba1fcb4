package dev.troupe.testkit.world.controller;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.host.HostPast;
import dev.troupe.runtime.controller.logic.state.HostPosition;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.StateFormat;
import dev.troupe.testkit.world.Schedule;
import dev.troupe.testkit.world.replay.DecisionLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One controller in a world: a host that may crash, or be replaced while it goes on, and the
/// decisions that survive it.
final class ControllerSeat {

  /// A decision as it is kept.
  record Kept(long version, byte[] body, long atMillis) {}

  private final Supplier<HostLogic> fresh;
  private final DecisionLog log = new DecisionLog();
  private final Schedule schedule;
  private final Surroundings world;
  private final Map<ResourceKey, Kept> kept = new HashMap<>();
  private final Set<ResourceKey> circling = new HashSet<>();
  private final List<Kept> decisions = new ArrayList<>();
  private final HostFlaw flaw;
  private final List<String> intrusions = new ArrayList<>();
  private @Nullable HostPosition position;
  private long epoch;
  private SeatedHost host;

  /// Those that have been replaced and go on.
  private final List<SeatedHost> former = new ArrayList<>();

  ControllerSeat(Supplier<HostLogic> fresh, HostFlaw flaw, Schedule schedule, Surroundings world) {
    this.flaw = flaw;
    this.fresh = fresh;
    this.schedule = schedule;
    this.world = world;
    this.host = start();
  }

  /// Opens the next epoch.
  private SeatedHost start() {
    return new SeatedHost(fresh.get(), ++epoch, this, schedule, world);
  }

  /// Loses everything that is not persisted.
  void crash() {
    host.stop();
    host = start();
  }

  /// Starts the next host while the former goes on, as when a member only seems to be dead.
  void replace() {
    former.add(host);
    host = start();
  }

  /// Whether a host may change something: what the store and the partitions refuse of one that has
  /// been replaced ends it.
  boolean admits(long ofEpoch, Object what) {
    if (ofEpoch < epoch && flaw == HostFlaw.TWO_HOSTS) {
      intrusions.add("the host of epoch " + ofEpoch + ", which is over, does " + what);
    }
    return ofEpoch == epoch || flaw == HostFlaw.TWO_HOSTS;
  }

  /// What hosts have done that had been replaced.
  List<String> intrusions() {
    return intrusions;
  }

  String name() {
    return host.logic().profile().controller();
  }

  boolean concerns(ResourceKey key) {
    return host.isAwake(key) || remembers(key) || host.logic().look(key).object() != null;
  }

  void changed(WorldStore.Event event) {
    former.forEach(other -> other.changed(event));
    host.changed(event);
  }

  /// The earliest moment at which something that failed is tried again.
  long retryDue() {
    return kept.keySet().stream()
        .filter(this::isTriedAgain)
        .mapToLong(key -> host.due(key))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private boolean isTriedAgain(ResourceKey key) {
    var state = state(key);
    return state != null && (state.retry() != null || state.hasPendingCalls());
  }

  /// What is remembered of an object; null if nothing is.
  @Nullable ObjectState state(ResourceKey key) {
    var decision = kept.get(key);
    return decision == null ? null : StateFormat.decode(decision.body);
  }

  boolean remembers(ResourceKey key) {
    return kept.containsKey(key);
  }

  Collection<ResourceKey> remembered() {
    return kept.keySet();
  }

  /// What it has decided about objects one by one, and on what.
  DecisionLog log() {
    return log;
  }

  HostLogic logic() {
    return host.logic();
  }

  boolean keepsAheadOfTheWork() {
    return flaw == HostFlaw.POSITION_AHEAD;
  }

  void keep(HostPosition reached) {
    position = reached;
  }

  /// What the next epoch has to go on from.
  HostPast past() {
    var known = new ArrayList<HostPast.Known>();
    kept.forEach((key, decision) -> {
      var due = StateFormat.decode(decision.body).due();
      known.add(new HostPast.Known(key, decision.version, due));
    });
    return new HostPast(known, position);
  }

  List<Kept> decisions() {
    return decisions;
  }

  long lastVersion() {
    return decisions.isEmpty() ? 0 : decisions.getLast().version;
  }

  void keep(ResourceKey key, Kept decision) {
    kept.put(key, decision);
    decisions.add(decision);
  }

  /// Takes note that the controller goes in circles with the object.
  void circles(ResourceKey key) {
    circling.add(key);
  }

  /// The objects with which it has gone in circles.
  Set<ResourceKey> circling() {
    return circling;
  }

  void forget(ResourceKey key) {
    kept.remove(key);
  }
}
