package dev.troupe.runtime.controller.logic.host;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.logic.pace.HostClock;
import dev.troupe.runtime.controller.logic.state.HostPosition;
import dev.troupe.runtime.controller.mirror.Earlier;
import dev.troupe.runtime.controller.mirror.Wake;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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

  /// When to try again to tell somebody the time for whom there was no room.
  private static final long NO_ROOM_MILLIS = 1_000;

  private final HostLogic logic;
  private final Predicate<ResourceKey> decided;
  private final ParkedLooks<ResourceKey> looks;
  private final HostClock clock;
  private final Backlog backlog = new Backlog();
  private final Positions positions;
  private final Awake awake;
  private final List<HostEffect> effects = new ArrayList<>();
  private Resumption.Phase phase;
  private long now;

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
    this.awake = new Awake(limits, epoch);
    this.decided = decided;
    this.clock = new HostClock(logic.profile().settings());
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
    return clock.due(key);
  }

  public List<HostEffect> on(HostMessage message, long nowMillis) {
    now = nowMillis;
    if (message instanceof HostMessage.Sweep || message instanceof HostMessage.Again) {
      logic.newlyFollowed().forEach(this::list);
    }
    // What was on its way when its type went is nobody's business any more.
    if (!(message instanceof HostMessage.OfCollection of) || logic.followed().contains(of.type())) {
      take(message);
    }
    var result = List.copyOf(effects);
    effects.clear();
    return result;
  }

  private void take(HostMessage message) {
    switch (message) {
      case HostMessage.Start _ -> logic.followed().forEach(this::list);
      case HostMessage.Listed listed -> listed(listed);
      case HostMessage.Recalled(var asked, var changed) -> recalled(asked, changed);
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
          see(key);
        }
      }
      case HostMessage.Decide decide -> decide(decide);
      case HostMessage.Handled(var key) -> handled(key);
      case HostMessage.Rested rested -> rested(rested);
      case HostMessage.Awaits(var key) -> awaits(key);
      case HostMessage.AlarmRang _ -> alarm();
      case HostMessage.Sweep _ -> sweep();
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

  private void listed(HostMessage.Listed listed) {
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
      begin();
    }
  }

  private void recalled(HostEffect.Recall asked, @Nullable List<Earlier> changed) {
    if (phase instanceof Resumption.Phase.Gathering(_, var resumption)) {
      resumption.recalled(asked, changed);
      begin();
    }
  }

  /// If all that it needs is there.
  private void begin() {
    if (phase instanceof Resumption.Phase.Gathering(var unlisted, var resumption)
        && unlisted.isEmpty()
        && resumption.isReady()) {
      phase = new Resumption.Phase.Running();
      clock.begin(logic.all(), now);
      wake(resumption.begin(one -> clock.set(one.key(), one.due())));
      fromBacklog();
      setAlarm();
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
    looks.reached(type).forEach(this::see);
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
      if (awake.has(key) || decided.test(key)) {
        wake(key, new Cause.Changed());
      }
    }
  }

  /// The line to the object's actor, which is made if there is none; null if there is no room.
  private @Nullable Line line(ResourceKey key) {
    var known = awake.busy(key);
    if (known != null || !hasRoom()) {
      return known;
    }
    awake.surplus().ifPresent(this::dismiss);
    effects.add(new HostEffect.Spawn(key, logic.decisionKey(key), awake.incarnation()));
    return awake.open(key);
  }

  private boolean hasRoom() {
    return running() && !logic.profile().settings().paused() && awake.hasRoom();
  }

  private void dismiss(ResourceKey key) {
    if (awake.close(key)) {
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

  private void see(ResourceKey key) {
    if (clock.mayLook(key, now)) {
      show(key);
    } else {
      setAlarm();
    }
  }

  private void show(ResourceKey key) {
    var line = awake.busy(key);
    if (line != null) {
      var sight = logic.look(key);
      clock.looked(key, sight.object() != null, now);
      send(key, line.tell(new ObjectMessage.Seen(sight)));
      wake(logic.owed());
    }
  }

  private void handled(ResourceKey key) {
    var line = awake.line(key);
    if (line != null) {
      send(key, line.handled());
    }
  }

  private void rested(HostMessage.Rested rested) {
    var key = rested.key();
    clock.set(key, rested.due());
    setAlarm();
    var line = awake.line(key);
    if (line == null || !rested.mayLeave() || !line.idle()) {
      return;
    }
    keep(positions.over(key));
    if (logic.reached(rested.floor())) {
      awake.rests(key, now);
      fromBacklog();
    } else {
      awake.settles(key, rested.floor());
    }
  }

  private void awaits(ResourceKey key) {
    var line = awake.line(key);
    if (line != null && line.idle()) {
      keep(positions.over(key));
    }
  }

  private void decide(HostMessage.Decide decide) {
    var answer = decide.answer(logic);
    if (awake.has(decide.key())) {
      effects.add(new HostEffect.Tell(decide.key(), answer));
    }
  }

  private void send(ResourceKey key, ObjectMessage.@Nullable FromHost message) {
    if (message != null) {
      effects.add(new HostEffect.Tell(key, message));
    }
  }

  // Time

  private void alarm() {
    var rung = clock.rang(now);
    rung.asked().forEach(this::tick);
    rung.again().forEach(key -> wake(key, new Cause.Resynced()));
    rung.turns().forEach(this::show);
    setAlarm();
  }

  private void tick(ResourceKey key) {
    var line = line(key);
    if (line == null) {
      clock.set(key, now + NO_ROOM_MILLIS);
    } else {
      positions.begun(key);
      send(key, line.tell(new ObjectMessage.Tick()));
    }
  }

  private void setAlarm() {
    clock.earlier(now).ifPresent(due -> effects.add(new HostEffect.SetAlarm(due)));
  }

  private void keep(Optional<HostPosition> position) {
    position.map(HostEffect.Keep::new).ifPresent(effects::add);
  }

  /// The changes that were waited for need not have woken anybody.
  private void sweep() {
    awake.idle(logic::reached, now).forEach(this::dismiss);
    fromBacklog();
  }
}
