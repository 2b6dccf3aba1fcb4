package dev.troupe.runtime.controller.logic.object;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Failure;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.PendingCauses;
import dev.troupe.runtime.controller.logic.state.Profile;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.Subject;
import dev.troupe.runtime.controller.plan.UnfitPlanException;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import dev.troupe.runtime.controller.view.Sight;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The state machine of one reconciled object: messages in, effects out.
///
/// It does one thing at a time: wait for the view, reconcile, persist the decision, carry out its
/// writes in order. Causes that come up meanwhile lead to one more round. After a crash, a conflict
/// or a failure nothing of a plan is resumed but its activities: the object is reconciled again.
public final class ObjectMachine {

  private final Profile profile;
  private final ResourceKey key;
  private final RandomGenerator random;
  private final Round.Sequence rounds;
  private final Remembered remembered;
  private final Calls calls;
  private final Writes writes;
  private final Agenda agenda;
  private final PendingCauses pending = new PendingCauses();
  private final Outbox out = new Outbox();

  private Phase phase = new Phase.Resting();
  private long now;

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
    this.rounds = new Round.Sequence(incarnation);
    this.random = random;
    this.remembered = new Remembered(profile, key, recovered);
    this.calls = new Calls(profile, remembered, random);
    this.writes = new Writes(profile, key);
    this.agenda = new Agenda(profile.backOff(), pending, remembered, calls);
  }

  /// What the object's state is after the last persisted decision; null if nothing is remembered.
  public @Nullable ObjectState state() {
    return remembered.persisted();
  }

  /// Whether nothing would be lost but time if the machine were put away and made again, from what
  /// is persisted, when it is due. A failed attempt waits for its retry in this way.
  public boolean resting() {
    return phase instanceof Phase.Resting && agenda.mayLeave();
  }

  public List<ObjectEffect> on(ObjectMessage message, long nowMillis) {
    now = nowMillis;
    switch (message) {
      case ObjectMessage.Wake(var causes) -> {
        pending.call(causes);
        advance();
      }
      case ObjectMessage.Tick _ -> advance();
      case ObjectMessage.Seen(var sight) -> seen(sight);
      case ObjectMessage.Planned answer -> planned(answer);
      case ObjectMessage.PlanFailed(long number, var why) -> planFailed(number, why);
      case ObjectMessage.Persisted(long version) -> persisted(version);
      case ObjectMessage.Written(var write, var outcome) -> written(write.key(), outcome);
      case ObjectMessage.CallSucceeded(var name, var call, var result) -> {
        calls.succeeded(name, call, result).ifPresent(pending::add);
        advance();
      }
      case ObjectMessage.CallFailed(var name, var call, var why) -> {
        calls.failed(name, call, why, now).ifPresent(pending::add);
        advance();
      }
      case ObjectMessage.Broke(var why) -> broke(new Failure.Broken(why));
    }
    return out.taken();
  }

  // Resting

  private void rest() {
    phase = new Phase.Resting();
    advance();
  }

  private void advance() {
    if (!(phase instanceof Phase.Resting)) {
      return;
    }
    calls.start(now).forEach(out::add);
    switch (agenda.next(now)) {
      case Agenda.Next.Look _ -> {
        phase = new Phase.Looking();
        out.look();
      }
      case Agenda.Next.Save(var state) -> save(state);
      case Agenda.Next.Rest(long due, boolean held) -> out.rest(due, resting(), held);
      case Agenda.Next.Await _ -> out.add(new ObjectEffect.Await());
    }
  }

  // Looking

  private void seen(Sight sight) {
    out.seen(sight);
    if (phase instanceof Phase.Looking) {
      out.reached();
      var object = sight.object();
      if (object == null) {
        forget();
      } else {
        var state = remembered.of(object.uid());
        look(Subject.of(object), sight, state);
      }
    }
  }

  private void look(Subject subject, Sight sight, ObjectState state) {
    var looked = Looked.at(subject, sight.failure(), state, profile);
    if (looked == Looked.OVER) {
      forget();
      return;
    }
    var round = rounds.next(subject, sight, pending.take(subject.deleting()));
    phase = new Phase.Reconciling(round);
    switch (looked) {
      case OVER -> throw new IllegalStateException("that is forgotten");
      case FAILING -> failed(round, new Failure.Broken(String.valueOf(sight.failure())));
      case UNHELD -> {
        pending.restore(round.causes());
        pending.add(new Cause.Created());
        finalizer(round, round.name(), true);
      }
      case RELEASED -> finalizer(round, round.name(), false);
      case TO_RECONCILE -> out.add(round.reconcile(state, now));
    }
  }

  private void forget() {
    pending.clear();
    var persisted = remembered.persisted();
    if (persisted == null) {
      remembered.forget();
      rest();
    } else {
      phase = new Phase.Forgetting();
      out.add(new ObjectEffect.Forget(persisted));
    }
  }

  private void finalizer(Round round, String decision, boolean there) {
    var write = writes.finalizer(round, decision, there, now);
    phase = new Phase.Finalizing(round);
    out.write(write);
  }

  // Reconciling

  private void planned(ObjectMessage.Planned answer) {
    if (phase instanceof Phase.Reconciling(var round) && round.number() == answer.number()) {
      try {
        decide(round, answer);
      } catch (RuntimeException wrongPlan) {
        failed(round, senseless(wrongPlan));
      }
    }
  }

  private void planFailed(long number, String why) {
    if (phase instanceof Phase.Reconciling(var round) && round.number() == number) {
      failed(round, new Failure.Broken(why));
    }
  }

  private void decide(Round round, ObjectMessage.Planned answer) {
    var before = round.withoutFired(remembered.of(round.uid()));
    var decided = Decided.of(round, answer, before, profile, now);
    boolean worthSaving = remembered.isWorthSaving(decided);
    remembered.work(decided.next());
    out.decided(decided.next());
    if (worthSaving) {
      phase = new Phase.Persisting(decided);
      out.add(new ObjectEffect.Persist(decided.next()));
    } else {
      carryOut(new Writing(decided, round.name()));
    }
  }

  // Persisting

  private void save(ObjectState state) {
    remembered.work(state);
    phase = new Phase.Saving(state);
    out.add(new ObjectEffect.Persist(state));
  }

  private void persisted(long version) {
    switch (phase) {
      case Phase.Persisting(var decided) -> {
        remembered.persisted(decided.next());
        carryOut(new Writing(decided, Long.toString(version)));
      }
      case Phase.Saving(var state) -> {
        remembered.persisted(state);
        rest();
      }
      case Phase.Forgetting _ -> {
        remembered.forget();
        rest();
      }
      case Phase.Resting _, Phase.Looking _, Phase.Reconciling _, Phase.Unanswered _ ->
          throw new IllegalStateException("nothing was to be persisted for " + key);
    }
  }

  // Writing

  private void carryOut(Writing writing) {
    phase = writing;
    while (writing.mayGoOn()) {
      PlannedWrite write;
      try {
        write = writes.next(writing, now);
      } catch (RuntimeException wrongPlan) {
        giveUp(writing.round(), senseless(wrongPlan), writing.inFlight());
        return;
      }
      out.write(write);
    }
    if (writing.inFlight() == 0) {
      finish(writing);
    }
  }

  private void finish(Writing writing) {
    for (var saying : writing.decided().sayings()) {
      out.note(writes.event(writing, saying, now));
    }
    if (!writing.releases(profile.finalizer()) || remembered.hasPendingCalls()) {
      succeeded();
    } else if (writing.hasWritten(key)) {
      // The object has changed by this very plan: look again, then release.
      pending.add(new Cause.Deleting());
      succeeded();
    } else {
      finalizer(writing.round(), writing.decision(), false);
    }
  }

  private void written(ResourceKey target, WriteOutcome outcome) {
    if (!(phase instanceof Phase.Unanswered unanswered)) {
      return;
    }
    if (outcome instanceof WriteOutcome.Done(long version)) {
      out.written(target, version);
    }
    var failure = outcome instanceof WriteOutcome.Failed(var why) ? why : null;
    switch (unanswered) {
      case Writing writing -> {
        writing.answered(target, outcome);
        if (failure == null) {
          carryOut(writing);
        } else {
          giveUp(writing.round(), failure, writing.inFlight());
        }
      }
      case Phase.GivingUp(var round, var first, int inFlight) ->
          giveUp(round, failure == null ? first : failure, inFlight - 1);
      case Phase.Finalizing(var round) -> {
        if (failure == null) {
          rest();
        } else {
          failed(round, failure);
        }
      }
    }
  }

  // Ending

  private void succeeded() {
    var state = remembered.working();
    if (state != null && state.retry() != null) {
      save(state.withRetry(null));
    } else {
      rest();
    }
  }

  private void giveUp(Round round, Failure failure, int inFlight) {
    if (inFlight == 0) {
      failed(round, failure);
    } else {
      phase = new Phase.GivingUp(round, failure, inFlight);
    }
  }

  private void failed(Round round, Failure failure) {
    pending.restore(round.causes());
    retryLater(remembered.of(round.uid()), failure);
  }

  private void retryLater(ObjectState before, Failure failure) {
    pending.failed();
    save(before.failed(failure, profile.backOff(), now, random.nextDouble()));
  }

  /// What was told last has made the machine or the controller's code throw: the attempt has
  /// failed. What is being persisted or written is answered first.
  private void broke(Failure failure) {
    out.discard();
    switch (phase) {
      case Phase.Persisting _, Phase.Saving _, Phase.Forgetting _ -> {}
      case Phase.Reconciling(var round) -> failed(round, failure);
      case Phase.Unanswered unanswered ->
          giveUp(unanswered.round(), failure, unanswered.inFlight());
      case Phase.Resting _, Phase.Looking _ -> brokeUnasked(failure);
    }
  }

  private void brokeUnasked(Failure failure) {
    var state = remembered.working();
    if (state != null) {
      retryLater(state, failure);
    } else {
      pending.clear();
      phase = new Phase.Resting();
      out.rest(now + profile.backOff().maxMillis(), resting(), false);
    }
  }

  private Failure senseless(RuntimeException wrongPlan) {
    return UnfitPlanException.failure(profile.controller(), key, wrongPlan);
  }
}
