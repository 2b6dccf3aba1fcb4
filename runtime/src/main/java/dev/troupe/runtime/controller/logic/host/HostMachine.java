package dev.troupe.runtime.controller.logic.host;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.logic.state.HostPosition;
import dev.troupe.runtime.controller.mirror.Earlier;
import dev.troupe.runtime.controller.mirror.Wake;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The state machine of one controller's host in one epoch: messages in, effects out.
///
/// It follows the collections that the controller observes, keeps an actor awake for each object
/// that has something to do, as far as there is room, and lets those go that have been idle for
/// long.
public final class HostMachine {

  private static final int ALARMS_AT_ONCE = 1_000;

  /// When to try again to tell somebody the time for whom there was no room.
  private static final long NO_ROOM_MILLIS = 1_000;

  private final HostLogic logic;
  private final HostLimits limits;
  private final long epoch;
  private final Predicate<ResourceKey> decided;
  private final ParkedLooks<ResourceKey> looks;
  private final Alarms alarms = new Alarms();
  private final Backlog backlog = new Backlog();
  private final Idling idling = new Idling();
  private final Positions positions;
  private final Map<ResourceKey, Line> awake = new HashMap<>();
  private final List<HostEffect> effects = new ArrayList<>();
  private Resumption.Phase phase;
  private long made;

  /// @param epoch its number
  /// @param past what earlier epochs have left
  /// @param decided whether there is a decision about an object now
  /// @param decisions the highest version that a decision has got until now
  public HostMachine(
      HostLogic logic,
      HostLimits limits,
      long epoch,
      HostPast past,
      Predicate<ResourceKey> decided,
      LongSupplier decisions) {
    this.logic = logic;
    this.limits = limits;
    this.epoch = epoch;
    this.decided = decided;
    this.looks = new ParkedLooks<>(logic);
    this.positions = new Positions(logic, decisions);
    this.phase =
        new Resumption.Phase.Gathering(
            new HashSet<>(logic.followed()), new Resumption(logic, past));
  }

  /// Whether it has seen its collections.
  public boolean running() {
    return phase instanceof Resumption.Phase.Running;
  }

  /// How many objects have an actor now.
  public int awake() {
    return awake.size();
  }

  /// How many objects wait until there is room for their actor.
  public int waiting() {
    return backlog.size();
  }

  /// When the object is told the time; [Long#MAX_VALUE] if never.
  public long due(ResourceKey key) {
    return alarms.due(key);
  }

  public List<HostEffect> on(HostMessage message, long now) {
    if (message instanceof HostMessage.Sweep || message instanceof HostMessage.Again) {
      logic.newlyFollowed().forEach(this::list);
    }
    // What was on its way when its type went is nobody's business any more.
    if (!(message instanceof HostMessage.OfCollection of) || logic.followed().contains(of.type())) {
      take(message, now);
    }
    var result = List.copyOf(effects);
    effects.clear();
    return result;
  }

  private void take(HostMessage message, long now) {
    switch (message) {
      case HostMessage.Start _ -> logic.followed().forEach(this::list);
      case HostMessage.Listed listed -> listed(listed, now);
      case HostMessage.Recalled(var asked, var changed) -> recalled(asked, changed, now);
      case HostMessage.NotListed(var type) ->
          effects.add(new HostEffect.TellAgain(new HostMessage.ListAgain(type)));
      case HostMessage.ListAgain(var type) -> list(type);
      case HostMessage.FollowAgain(var type) -> follow(type);
      case HostMessage.FollowingEnded(var type, boolean expired) -> followingEnded(type, expired);
      case HostMessage.Changed(var resource, boolean deleted) -> {
        wake(logic.changed(resource, deleted));
        forgetTheGone();
        tellFaults();
        reached(resource.key().type());
      }
      case HostMessage.Progressed(var type, long version) -> {
        logic.reached(type, version);
        reached(type);
      }
      case HostMessage.Look(var key, var floor) -> {
        positions.begun(key);
        if (looks.park(key, floor)) {
          show(key);
        }
      }
      case HostMessage.Decide decide -> decide(decide);
      case HostMessage.Handled(var key) -> handled(key);
      case HostMessage.Rested rested -> rested(rested, now);
      case HostMessage.Awaits(var key) -> awaits(key);
      case HostMessage.AlarmRang _ -> alarm(now);
      case HostMessage.Sweep _ -> sweep(now);
      case HostMessage.Mark _ -> keep(running() ? positions.mark(now) : Optional.empty());
      case HostMessage.NotKept _ -> positions.notKept();
      case HostMessage.Ends _ -> keep(running() ? positions.last() : Optional.empty());
    }
  }

  // Following

  private void list(TypeRef type) {
    effects.add(new HostEffect.List(type));
  }

  private void follow(TypeRef type) {
    effects.add(new HostEffect.Follow(type, logic.version(type)));
  }

  private void listed(HostMessage.Listed listed, long now) {
    var type = listed.type();
    var wakes = logic.load(type, listed.objects(), listed.version());
    tellFaults();
    follow(type);
    wake(wakes);
    forgetTheGone();
    reached(type);
    if (phase instanceof Resumption.Phase.Gathering(var unlisted, var resumption)) {
      unlisted.remove(type);
      resumption.listed(type, listed.version()).ifPresent(effects::add);
      begin(now);
    }
  }

  private void recalled(HostEffect.Recall asked, @Nullable List<Earlier> changed, long now) {
    if (phase instanceof Resumption.Phase.Gathering(_, var resumption)) {
      resumption.recalled(asked, changed);
      begin(now);
    }
  }

  /// If all that it needs is there.
  private void begin(long now) {
    if (phase instanceof Resumption.Phase.Gathering(var unlisted, var resumption)
        && unlisted.isEmpty()
        && resumption.isReady()) {
      phase = new Resumption.Phase.Running();
      wake(resumption.begin(one -> alarms.set(one.key(), one.due())));
      fromBacklog();
      setAlarm(now);
      effects.add(new HostEffect.Begun(awake.size() + backlog.size()));
    }
  }

  private void followingEnded(TypeRef type, boolean expired) {
    if (expired) {
      list(type);
    } else {
      effects.add(new HostEffect.TellAgain(new HostMessage.FollowAgain(type)));
    }
  }

  private void tellFaults() {
    logic.faults().forEach(fault -> effects.add(new HostEffect.Faulted(fault)));
  }

  private void reached(TypeRef type) {
    looks.reached(type).forEach(this::show);
  }

  // Waking

  private void wake(Collection<Wake> wakes) {
    wakes.forEach(wake -> wake(wake.key(), wake.cause()));
  }

  private void wake(ResourceKey key, Cause cause) {
    positions.begun(key);
    var line = line(key);
    if (line == null) {
      backlog.add(key, cause);
    } else {
      send(key, line.wake(cause));
    }
  }

  /// An object's actor that looks and sees nothing forgets. Whoever is awake may just be deciding.
  private void forgetTheGone() {
    for (var key : logic.gone()) {
      if (awake.containsKey(key) || decided.test(key)) {
        wake(key, new Cause.Changed());
      }
    }
  }

  /// The line to the object's actor, which is made if there is none; null if there is no room.
  private @Nullable Line line(ResourceKey key) {
    var known = awake.get(key);
    if (known != null) {
      idling.busy(key);
      return known;
    }
    if (!hasRoom()) {
      return null;
    }
    if (awake.size() >= limits.awake()) {
      idling.longest().ifPresent(this::dismiss);
    }
    var line = new Line();
    awake.put(key, line);
    var incarnation = "e" + epoch + "." + ++made;
    effects.add(new HostEffect.Spawn(key, logic.decisionKey(key), incarnation));
    return line;
  }

  private boolean hasRoom() {
    return running() && (awake.size() < limits.awake() || !idling.nobody());
  }

  private void dismiss(ResourceKey key) {
    idling.busy(key);
    if (awake.remove(key) != null) {
      effects.add(new HostEffect.Dismiss(key));
    }
  }

  private void fromBacklog() {
    while (!backlog.isEmpty() && hasRoom()) {
      var next = backlog.take();
      next.causes().forEach(cause -> wake(next.key(), cause));
    }
  }

  // What objects say

  private void show(ResourceKey key) {
    var line = awake.get(key);
    if (line != null) {
      idling.busy(key);
      send(key, line.tell(new ObjectMessage.Seen(logic.look(key))));
      wake(logic.owed());
    }
  }

  private void handled(ResourceKey key) {
    var line = awake.get(key);
    if (line != null) {
      send(key, line.handled());
    }
  }

  private void rested(HostMessage.Rested rested, long now) {
    var key = rested.key();
    alarms.set(key, rested.due());
    setAlarm(now);
    var line = awake.get(key);
    if (line == null || !rested.mayLeave() || !line.idle()) {
      return;
    }
    keep(positions.over(key));
    if (logic.reached(rested.floor())) {
      idling.idle(key, now);
      fromBacklog();
    } else {
      idling.settles(key, rested.floor());
    }
  }

  private void awaits(ResourceKey key) {
    var line = awake.get(key);
    if (line != null && line.idle()) {
      keep(positions.over(key));
    }
  }

  private void decide(HostMessage.Decide decide) {
    var answer = decide.answer(logic);
    if (awake.containsKey(decide.key())) {
      effects.add(new HostEffect.Tell(decide.key(), answer));
    }
  }

  private void send(ResourceKey key, ObjectMessage.@Nullable FromHost message) {
    if (message != null) {
      effects.add(new HostEffect.Tell(key, message));
    }
  }

  // Time

  private void alarm(long now) {
    for (var key : alarms.rang(now, ALARMS_AT_ONCE)) {
      var line = line(key);
      if (line == null) {
        alarms.set(key, now + NO_ROOM_MILLIS);
      } else {
        positions.begun(key);
        send(key, line.tell(new ObjectMessage.Tick()));
      }
    }
    setAlarm(now);
  }

  private void setAlarm(long now) {
    alarms.earlier(now).ifPresent(due -> effects.add(new HostEffect.SetAlarm(due)));
  }

  private void keep(Optional<HostPosition> position) {
    position.map(HostEffect.Keep::new).ifPresent(effects::add);
  }

  /// The changes that were waited for need not have woken anybody.
  private void sweep(long now) {
    idling.settle(logic::reached, now);
    idling.since(now - limits.idleMillis()).forEach(this::dismiss);
    fromBacklog();
  }
}
