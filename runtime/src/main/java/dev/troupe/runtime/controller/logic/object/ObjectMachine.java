package dev.troupe.runtime.controller.logic.object;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Failure;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.plan.EventWriter;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.Stamp;
import dev.troupe.runtime.controller.plan.Subject;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import dev.troupe.runtime.controller.view.Sight;
import dev.troupe.runtime.store.WriteCause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The state machine of one reconciled object: messages in, effects out.
///
/// It does one thing at a time: wait for the view, reconcile, persist the decision, carry out its
/// writes in order. Causes that come up meanwhile lead to one more round. Nothing of a plan is
/// resumed after a crash, a conflict or a failure but its activities; the object is reconciled
/// again instead.
public final class ObjectMachine {

  /// How many writes of one plan are in flight at once.
  private static final int MOST_ALONG = 16;

  private enum Phase {
    RESTING,
    LOOKING,
    RECONCILING,
    PERSISTING,
    WRITING,
    RELEASING,
    FORGETTING
  }

  private final Profile profile;
  private final ResourceKey key;
  private final String incarnation;
  private final RandomGenerator random;
  private final PendingCauses pending = new PendingCauses();
  private final Map<ResourceKey, Long> floor = new HashMap<>();
  private final Set<String> running = new HashSet<>();
  private final List<ObjectEffect> effects = new ArrayList<>();

  private Phase phase = Phase.RESTING;
  private long now;
  private long rounds;

  /// The highest version that has been seen.
  private long seen;

  /// What is persisted; null if nothing is.
  private @Nullable ObjectState persisted;

  /// What is persisted and what has happened since: timers that fired, results of calls.
  private @Nullable ObjectState working;

  /// What is being persisted.
  private @Nullable ObjectState saving;

  private @Nullable Round round;

  /// Whether something new has called for a reconcile since the last failure.
  private boolean called;

  /// One pass from looking to the last write.
  private static final class Round {
    final long number;
    final Subject subject;
    final Sight sight;
    final PendingCauses.Taken causes;
    final Map<ResourceKey, Long> written = new HashMap<>();
    Plan plan = Plan.nothing();
    List<Plan.Write> writes = List.of();
    List<Said> notes = List.of();
    String decision = "";
    int next;
    int inFlight;
    @Nullable Failure failure;

    Round(long number, Subject subject, Sight sight, PendingCauses.Taken causes) {
      this.number = number;
      this.subject = subject;
      this.sight = sight;
      this.causes = causes;
    }
  }

  private record Said(Plan.Note note, String digest, ObjectState.Said count) {}

  /// @param incarnation unique to this machine among all that there have been for the object
  /// @param recovered the newest persisted decision; null if there is none
  public ObjectMachine(
      Profile profile,
      ResourceKey key,
      String incarnation,
      @Nullable ObjectState recovered,
      RandomGenerator random) {
    this.profile = profile;
    this.key = key;
    this.incarnation = incarnation;
    this.persisted = recovered;
    this.working = recovered;
    this.random = random;
  }

  /// What the object's state is after the last persisted decision; null if nothing is remembered.
  public @Nullable ObjectState state() {
    return persisted;
  }

  /// Whether nothing would be lost but time if the machine were put away and made again, from what
  /// is persisted, when it is due. A failed attempt waits for its retry in this way.
  public boolean resting() {
    return phase == Phase.RESTING
        && running.isEmpty()
        && (pending.isEmpty() || onlyRetryIsPending());
  }

  private boolean onlyRetryIsPending() {
    return !called && persisted != null && persisted.retry() != null && !pending.tellsResult();
  }

  public List<ObjectEffect> on(ObjectMessage message, long nowMillis) {
    now = nowMillis;
    switch (message) {
      case ObjectMessage.Wake(var causes) -> wake(causes);
      case ObjectMessage.Tick _ -> advance();
      case ObjectMessage.Seen(var sight) -> seen(sight);
      case ObjectMessage.Planned(long number, var plan) -> planned(number, plan);
      case ObjectMessage.PlanFailed(long number, var why) -> planFailed(number, why);
      case ObjectMessage.Persisted(long version) -> persisted(version);
      case ObjectMessage.Written(var write, var outcome) -> written(write, outcome);
      case ObjectMessage.CallSucceeded(var name, var callKey, var result) ->
          callSucceeded(name, callKey, result);
      case ObjectMessage.CallFailed(var name, var callKey, _) -> callFailed(name, callKey);
      case ObjectMessage.Broke(var why) -> broke(why);
    }
    return taken();
  }

  private void wake(Collection<Cause> causes) {
    causes.forEach(pending::add);
    called = true;
    advance();
  }

  private void seen(Sight sight) {
    sight.versions().values().forEach(version -> seen = Math.max(seen, version));
    if (phase == Phase.LOOKING) {
      floor.clear();
      look(sight);
    }
  }

  private void planned(long number, Plan plan) {
    if (phase == Phase.RECONCILING && current().number == number) {
      try {
        decide(plan);
      } catch (RuntimeException wrongPlan) {
        failed(senseless(wrongPlan));
      }
    }
  }

  private void planFailed(long number, String message) {
    if (phase == Phase.RECONCILING && current().number == number) {
      failed(new Failure.Broken(message));
    }
  }

  private void persisted(long version) {
    switch (phase) {
      case PERSISTING -> {
        persisted = saving;
        saving = null;
        var going = round;
        if (going == null) {
          rest();
        } else {
          going.decision = Long.toString(version);
          carryOut();
        }
      }
      case FORGETTING -> {
        persisted = null;
        working = null;
        rest();
      }
      case RESTING, LOOKING, RECONCILING, WRITING, RELEASING ->
          throw new IllegalStateException("nothing was to be persisted for " + key);
    }
  }

  private void written(PlannedWrite write, WriteOutcome outcome) {
    if (phase == Phase.WRITING || phase == Phase.RELEASING) {
      switch (outcome) {
        case WriteOutcome.Done(long version) -> {
          floor.merge(write.key(), version, Math::max);
          seen = Math.max(seen, version);
          current().written.put(write.key(), version);
        }
        case WriteOutcome.Gone _ -> {}
        case WriteOutcome.Failed(var failure) -> current().failure = failure;
      }
      answered();
    }
  }

  private void callSucceeded(String name, String callKey, String result) {
    running.remove(callKey);
    var call = call(name, callKey);
    if (call != null && working != null) {
      working = working.withCall(name, call.succeeded(result));
      pending.add(new Cause.Completed(activity(call), result.isEmpty() ? null : result));
    }
    advance();
  }

  private void callFailed(String name, String callKey) {
    running.remove(callKey);
    var call = call(name, callKey);
    if (call != null) {
      putOff(name, call);
    }
    advance();
  }

  private void putOff(String name, ObjectState.Call call) {
    if (working != null) {
      long due = profile.backOff().callDue(call.attempts() + 1, now, random.nextDouble());
      working = working.withCall(name, call.failed(due));
    }
  }

  /// What was told last has made the machine or the controller's code throw: the attempt has
  /// failed.
  private void broke(String message) {
    effects.clear();
    var going = round;
    if (going != null && going.inFlight > 0) {
      going.failure = new Failure.Broken(message);
    } else if (!awaitsPersistence()) {
      breakOff(message);
    }
  }

  private boolean awaitsPersistence() {
    return saving != null || (phase == Phase.FORGETTING && persisted != null);
  }

  private void breakOff(String message) {
    if (round != null) {
      failed(new Failure.Broken(message));
    } else if (working != null) {
      retryLater(working, new Failure.Broken(message));
    } else {
      pending.clear();
      phase = Phase.RESTING;
      rest(now + profile.backOff().maxMillis());
    }
  }

  private void advance() {
    if (phase != Phase.RESTING) {
      return;
    }
    startCalls();
    addDue();
    if (pending.isEmpty()) {
      restOrSave();
      return;
    }
    var retry = working == null ? null : working.retry();
    if (retry != null && now < retry.dueMillis() && now < changeDue(retry)) {
      rest(changeDue(retry));
      return;
    }
    phase = Phase.LOOKING;
    effects.add(new ObjectEffect.Look(Map.copyOf(floor)));
  }

  /// From when on a change may call for a new attempt ahead of the retry.
  private long changeDue(ObjectState.Retry retry) {
    return called
        ? Math.min(retry.dueMillis(), retry.sinceMillis() + profile.backOff().changeMillis())
        : retry.dueMillis();
  }

  private void addDue() {
    if (working == null) {
      return;
    }
    for (var timer : working.timers().entrySet()) {
      if (timer.getValue() <= now) {
        pending.add(new Cause.TimerFired(timer.getKey()));
      }
    }
    var retry = working.retry();
    if (retry != null && retry.dueMillis() <= now) {
      pending.add(new Cause.Failed(retry.attempt(), retry.failure()));
    }
  }

  /// Nothing calls for a reconcile. What has happened to calls is made durable.
  private void restOrSave() {
    if (working != null && persisted != null && !same(working, persisted)) {
      round = null;
      save(working);
    } else if (resting()) {
      rest(working == null ? Long.MAX_VALUE : working.due());
    }
  }

  private void look(Sight sight) {
    var object = sight.object();
    if (object == null) {
      pending.clear();
      forget();
      return;
    }
    var before = working;
    if (before == null || !before.uid().equals(object.uid())) {
      before = ObjectState.fresh(profile.controller(), key, object.uid());
      working = before;
    }
    var subject = Subject.of(object);
    boolean mine = subject.finalizers().contains(profile.finalizer());
    boolean deleting = subject.deleting();
    if (!profile.finalizer().isEmpty() && deleting && !mine) {
      pending.clear();
      forget();
      return;
    }
    var causes = pending.take(deleting);
    var going = new Round(++rounds, subject, sight, causes);
    round = going;
    going.decision = incarnation + "." + rounds;
    if (sight.failure() != null) {
      failed(new Failure.Broken(sight.failure()));
      return;
    }
    if (!profile.finalizer().isEmpty() && !deleting && !mine) {
      pending.restore(causes);
      pending.add(new Cause.Created());
      phase = Phase.RELEASING;
      send(profile.writer().finalizer(profile.finalizer(), true, subject, stamp(going)));
    } else if (before.releasing() && deleting && mine && !before.hasPendingCalls()) {
      release(going);
    } else {
      reconcile(going, before);
    }
  }

  private void reconcile(Round going, ObjectState before) {
    var state = before;
    if (going.causes.chosen() instanceof Cause.TimerFired(var timer)) {
      var timers = new HashMap<>(before.timers());
      timers.remove(timer);
      state = before.withTimers(timers);
    }
    phase = Phase.RECONCILING;
    effects.add(
        new ObjectEffect.Reconcile(
            going.number, going.sight, going.causes.chosen(), state, Instant.ofEpochMilli(now)));
  }

  private void decide(Plan plan) {
    var going = current();
    var before = working == null ? freshState(going) : working;
    if (going.causes.chosen() instanceof Cause.TimerFired(var timer)) {
      var timers = new HashMap<>(before.timers());
      timers.remove(timer);
      before = before.withTimers(timers);
    }
    var time = Instant.ofEpochMilli(now);
    var writes =
        plan.writes().stream()
            .filter(write -> profile.writer().differs(write, going.subject, going.sight, time))
            .toList();
    var next =
        Decisions.next(
            before,
            going.subject,
            going.sight,
            plan,
            writes,
            going.causes.words(),
            profile.keepsResults(),
            now);
    going.plan = plan;
    going.writes = writes;
    going.notes = notes(going, before, next);
    var known = persisted == null ? freshState(going) : persisted;
    working = next;
    if (!same(next, known) || (profile.persistsWrites() && !writes.isEmpty())) {
      save(next);
    } else {
      carryOut();
    }
  }

  /// Whether nothing would be gained by persisting the one after the other. Controllers that do not
  /// persist mere writes do not persist what they say either.
  private boolean same(ObjectState one, ObjectState other) {
    return one.means(profile.persistsWrites() ? other : other.withSaid(one.said()));
  }

  private void save(ObjectState state) {
    phase = Phase.PERSISTING;
    saving = state;
    effects.add(new ObjectEffect.Persist(state));
  }

  private List<Said> notes(Round going, ObjectState before, ObjectState next) {
    var notes = new ArrayList<Said>();
    for (var note : going.plan.events()) {
      var digest = EventWriter.digest(note, going.subject, profile.controller());
      var count = next.said().get(digest);
      if (count != null && !count.equals(before.said().get(digest))) {
        notes.add(new Said(note, digest, count));
      }
    }
    return notes;
  }

  private void carryOut() {
    var going = current();
    while (going.next < going.writes.size() && mayGoAlong(going)) {
      if (!sendNext(going)) {
        return;
      }
    }
    if (going.inFlight > 0) {
      return;
    }
    for (var said : going.notes) {
      effects.add(
          new ObjectEffect.Note(
              EventWriter.write(
                  said.note(),
                  said.digest(),
                  said.count().count(),
                  Instant.ofEpochMilli(said.count().firstMillis()),
                  going.subject,
                  profile.component(),
                  stamp(going)),
              seen));
    }
    going.notes = List.of();
    if (going.plan.releases() && mayRelease(going)) {
      release(going);
    } else {
      succeeded();
    }
  }

  /// Writes go one after the other. Only children and deletions that follow on each other need not
  /// wait for each other: none depends on what another is answered.
  private static boolean mayGoAlong(Round going) {
    if (going.inFlight == 0) {
      return true;
    }
    var before = going.writes.get(going.next - 1);
    return going.inFlight < MOST_ALONG
        && (before instanceof Plan.Write.Own || before instanceof Plan.Write.Delete)
        && going.writes.get(going.next).getClass() == before.getClass();
  }

  /// @return false if it cannot be sent, which ends the plan
  private boolean sendNext(Round going) {
    int index = going.next++;
    PlannedWrite write;
    try {
      write =
          profile
              .writer()
              .write(
                  going.writes.get(index),
                  index,
                  going.subject,
                  going.sight,
                  going.written,
                  stamp(going));
    } catch (RuntimeException wrongPlan) {
      going.failure = senseless(wrongPlan);
      if (going.inFlight == 0) {
        failed(senseless(wrongPlan));
      }
      return false;
    }
    phase = Phase.WRITING;
    send(write);
    return true;
  }

  private boolean mayRelease(Round going) {
    return going.subject.finalizers().contains(profile.finalizer())
        && (working == null || !working.hasPendingCalls());
  }

  private void release(Round going) {
    if (going.written.containsKey(key)) {
      // The object has changed by this very plan: look again, then release.
      pending.add(new Cause.Deleting());
      succeeded();
      return;
    }
    phase = Phase.RELEASING;
    send(profile.writer().finalizer(profile.finalizer(), false, going.subject, stamp(going)));
  }

  private void answered() {
    var going = current();
    going.inFlight--;
    if (going.failure == null) {
      if (phase == Phase.RELEASING) {
        rest();
      } else {
        carryOut();
      }
    } else if (going.inFlight == 0) {
      failed(going.failure);
    }
  }

  private void succeeded() {
    round = null;
    if (working != null && working.retry() != null) {
      working = working.withRetry(null);
      save(working);
    } else {
      rest();
    }
  }

  private static Failure senseless(RuntimeException wrongPlan) {
    return new Failure.Broken("plan cannot be carried out: " + wrongPlan.getMessage());
  }

  private void failed(Failure failure) {
    var going = current();
    pending.restore(going.causes);
    retryLater(working == null ? freshState(going) : working, failure);
  }

  private void retryLater(ObjectState before, Failure failure) {
    int attempt = (before.retry() == null ? 0 : before.retry().attempt()) + 1;
    working = before.withRetry(profile.backOff().after(attempt, failure, now, random.nextDouble()));
    called = false;
    round = null;
    save(working);
  }

  private void forget() {
    round = null;
    if (persisted != null) {
      phase = Phase.FORGETTING;
      effects.add(new ObjectEffect.Forget(persisted));
    } else {
      working = null;
      rest();
    }
  }

  private void rest() {
    round = null;
    phase = Phase.RESTING;
    advance();
  }

  private void rest(long due) {
    effects.add(new ObjectEffect.Rest(due, Map.copyOf(floor), resting()));
  }

  private void startCalls() {
    if (working == null) {
      return;
    }
    for (var entry : working.calls().entrySet()) {
      var call = entry.getValue();
      if (!call.done() && call.dueMillis() <= now && !running.contains(call.key())) {
        start(entry.getKey(), call);
      }
    }
  }

  private void start(String name, ObjectState.Call call) {
    Activity activity;
    try {
      activity = activity(call);
    } catch (RuntimeException unknown) {
      // Nobody here knows such an activity, perhaps another release does.
      putOff(name, call);
      return;
    }
    running.add(call.key());
    effects.add(new ObjectEffect.Call(name, call.key(), activity));
  }

  private void send(PlannedWrite write) {
    current().inFlight++;
    effects.add(new ObjectEffect.Write(write, seen));
  }

  private Stamp stamp(Round going) {
    return new Stamp(
        profile.controller() + "/" + key + "/" + going.decision,
        WriteCause.controller(
            profile.controller(),
            String.join("; ", going.causes.words()),
            key,
            going.subject.version()),
        Instant.ofEpochMilli(now));
  }

  private ObjectState freshState(Round going) {
    return ObjectState.fresh(profile.controller(), key, going.subject.uid());
  }

  private ObjectState.@Nullable Call call(String name, String callKey) {
    var call = working == null ? null : working.calls().get(name);
    return call != null && !call.done() && call.key().equals(callKey) ? call : null;
  }

  private Activity activity(ObjectState.Call call) {
    return StateFormat.activity(call, profile.activities());
  }

  private Round current() {
    if (round == null) {
      throw new IllegalStateException("no reconcile of " + key + " is going on");
    }
    return round;
  }

  private List<ObjectEffect> taken() {
    var result = List.copyOf(effects);
    effects.clear();
    return result;
  }
}
