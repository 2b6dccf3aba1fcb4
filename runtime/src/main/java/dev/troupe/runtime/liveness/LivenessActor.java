package dev.troupe.runtime.liveness;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.logic.LeaseEffect;
import dev.troupe.runtime.lease.logic.LeaseLetter;
import dev.troupe.runtime.lease.logic.LeaseLogic;
import dev.troupe.runtime.lease.logic.LeaseMessage;
import dev.troupe.runtime.liveness.logic.Forming;
import dev.troupe.runtime.liveness.logic.LivenessEffect;
import dev.troupe.runtime.liveness.logic.LivenessLogic;
import dev.troupe.runtime.liveness.logic.LivenessMessage;
import dev.troupe.runtime.store.cluster.Standing;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Carries what a member decides about leases and about the life of others, each of which hears of
/// the other what concerns it.
///
/// It never starts again: what a new one would take for the answer to its first round might be one
/// to the first round of the old one. When it ends, for whatever reason, the member does.
public final class LivenessActor {

  /// What it is told, and never answers but by what waits for a lease.
  public sealed interface Command {}

  private record Tick() implements Command {}

  private record Look() implements Command {}

  public record Received(MemberId from, LeaseLetter letter) implements Command {}

  public record Voted(MemberId by, MemberId victim, LivenessEffect.Why why) implements Command {}

  /// A probe is connected.
  public record Connected(MemberId member) implements Command {}

  /// The port for probes refuses.
  public record Refused(MemberId member) implements Command {}

  /// Whom the cluster takes for its members: up, or about to leave.
  public record Membership(Set<MemberId> members) implements Command {}

  /// Runs something when there is a lease that was asked for later than this.
  public record AwaitLease(Runnable ready) implements Command {}

  /// The same, when in addition a former owner can be covered no more.
  ///
  /// @param owner null for a member that was alone
  public record AwaitGuard(@Nullable MemberId owner, Runnable ready) implements Command {}

  /// This member is about to go, and serves nothing any more.
  ///
  /// @param done runs when it has left the roll, or if it is in none
  public record Conclude(Runnable done) implements Command {}

  /// Whoever waits so does not any more.
  public record Forget(Runnable ready) implements Command {}

  private record Shown(long beat, Standing standing) implements Command {}

  private record Formed(Standing standing) implements Command {}

  private record Written(Roll newest) implements Command {}

  /// The store did not answer: that is known from what is missing, but people should know, too.
  private record Unanswered(Throwable why) implements Command {}

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final Situation around;
  private final LeaseLogic leases;
  private final LivenessLogic liveness;
  private final Forming forming;
  private final Map<Long, Runnable> waiting = new HashMap<>();

  private Roll roll = Roll.NONE;
  private long tickets;
  private Runnable concluded = () -> {};
  private boolean storeAnswers = true;
  private boolean toldToWait;
  private LeaseEffect.@Nullable Stop over;

  /// Begins to look after leases and lives.
  public static Behavior<Command> create(Situation around) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> new LivenessActor(context, timers, around).begin()));
  }

  private LivenessActor(
      ActorContext<Command> context, TimerScheduler<Command> timers, Situation around) {
    this.context = context;
    this.timers = timers;
    this.around = around;
    this.leases = new LeaseLogic(around.self(), around.settings());
    this.liveness = new LivenessLogic(around.self(), around.silence());
    this.forming = new Forming(around.self(), around.settings());
  }

  private Behavior<Command> begin() {
    context.getSelf().tell(new Tick());
    timers.startTimerWithFixedDelay(new Tick(), around.settings().renewal());
    return Behaviors.receive(Command.class)
        .onAnyMessage(command -> {
          carry(command);
          return over == null ? Behaviors.same() : Behaviors.stopped();
        })
        .onSignal(
            PostStop.class,
            _ -> {
              around.board().withdraw();
              around.end().accept(over == null ? because("nobody looks after its leases") : over);
              return Behaviors.same();
            })
        .build();
  }

  private void carry(Command command) {
    try {
      on(command);
    } catch (RuntimeException e) {
      context.getLog().error("leases could not be looked after", e);
      end(because("its leases could not be looked after"));
    }
  }

  private void on(Command command) {
    switch (command) {
      case Tick() -> {
        liveness(new LivenessMessage.Tick());
        lease(new LeaseMessage.Tick());
      }
      case Look() -> lease(new LeaseMessage.Look());
      case Received(var from, var letter) -> {
        liveness(new LivenessMessage.Heard(from));
        lease(new LeaseMessage.Received(from, letter));
      }
      case Voted(var by, var victim, var why) ->
          liveness(new LivenessMessage.Voted(by, victim, why));
      case Connected(var member) -> liveness(new LivenessMessage.Connected(member));
      case Refused(var member) -> liveness(new LivenessMessage.Refused(member));
      case Membership(var members) -> liveness(new LivenessMessage.Membership(members));
      case AwaitLease(var ready) -> lease(new LeaseMessage.AwaitLease(ticket(ready)));
      case AwaitGuard(var owner, var ready) ->
          lease(new LeaseMessage.AwaitGuard(ticket(ready), owner));
      case Forget(var ready) -> forget(ready);
      case Conclude(var done) -> conclude(done);
      case Shown(var beat, var standing) -> {
        answered();
        lease(new LeaseMessage.Beaten(beat, standing.roll()));
        join(standing);
      }
      case Formed(var standing) -> lease(new LeaseMessage.RollWritten(standing.roll()));
      case Written(var newest) -> lease(new LeaseMessage.RollWritten(newest));
      case Unanswered(var why) -> unanswered(why);
    }
  }

  // Leases

  private void lease(LeaseMessage message) {
    var effects = leases.on(message, around.clocks().get());
    for (var effect = effects.poll(); effect != null; effect = effects.poll()) {
      carryOut(effect);
    }
  }

  private void carryOut(LeaseEffect effect) {
    switch (effect) {
      case LeaseEffect.Send(var to, var letter) -> around.mail().letter(to, letter);
      case LeaseEffect.Beat(var beat) ->
          call(around.store().beat(around.self()), standing -> new Shown(beat, standing));
      case LeaseEffect.WriteRoll(var next) -> call(around.store().change(next), Written::new);
      case LeaseEffect.Publish(var cover) -> around.board().publish(cover);
      case LeaseEffect.Act(var next) -> {
        context.getLog().info("acts by roll {} of {}", next.number(), Forming.names(next));
        roll = next;
        liveness(new LivenessMessage.Acting(next));
        around.acting().accept(next);
      }
      case LeaseEffect.Ready(var ticket) -> {
        var ready = waiting.remove(ticket);
        if (ready != null) {
          ready.run();
        }
      }
      case LeaseEffect.LookAgain(var after) -> timers.startSingleTimer(new Look(), after);
      case LeaseEffect.Stop stop -> end(stop);
      case LeaseEffect.Concluded() -> {
        end(because("it has left the roll"));
        concluded.run();
      }
      case LeaseEffect.Follow(long versionMillis) -> around.follow().accept(versionMillis);
      case LeaseEffect.Report(var what) -> context.getLog().warn("{}", what);
    }
  }

  private long ticket(Runnable ready) {
    waiting.put(++tickets, ready);
    return tickets;
  }

  private void forget(Runnable ready) {
    waiting
        .entrySet()
        .removeIf(entry -> {
          boolean isMeant = entry.getValue().equals(ready);
          if (isMeant) {
            lease(new LeaseMessage.Forget(entry.getKey()));
          }
          return isMeant;
        });
  }

  private void conclude(Runnable done) {
    if (roll.includes(around.self())) {
      concluded = done;
      lease(new LeaseMessage.Conclude());
    } else {
      done.run();
    }
  }

  private static LeaseEffect.Stop because(String why) {
    return new LeaseEffect.Stop(why, false);
  }

  private void end(LeaseEffect.Stop stop) {
    if (over == null) {
      context.getLog().info("its leases are over: {}", stop.why());
      over = stop;
      around.board().withdraw();
    }
  }

  // The store

  private <T> void call(CompletionStage<T> stage, Function<T, Command> answer) {
    context.pipeToSelf(
        stage, (value, failure) -> failure == null ? answer.apply(value) : new Unanswered(failure));
  }

  private void answered() {
    if (!storeAnswers) {
      storeAnswers = true;
      context.getLog().info("the store answers again");
    }
  }

  private void unanswered(Throwable why) {
    if (storeAnswers) {
      storeAnswers = false;
      context
          .getLog()
          .warn(
              "the store does not tell who the members are: {}", String.valueOf(why.getMessage()));
    }
  }

  /// What follows from how it stands in the store, if it is in no roll yet or not any more.
  private void join(Standing standing) {
    switch (forming.on(standing, around.clocks().get())) {
      case Forming.Step.Inside() -> toldToWait = false;
      case Forming.Step.Struck() ->
          end(because("it was struck from the roll: others have taken over"));
      case Forming.Step.Wait(_, var why) -> {
        if (!toldToWait) {
          toldToWait = true;
          context.getLog().info("{}", why);
        }
      }
      case Forming.Step.Form(var seen) ->
          call(around.store().form(around.self(), seen), Formed::new);
    }
  }

  // The life of others

  private void liveness(LivenessMessage message) {
    var effects = liveness.on(message, around.clocks().get());
    for (var effect = effects.poll(); effect != null; effect = effects.poll()) {
      carryOut(effect);
    }
  }

  private void carryOut(LivenessEffect effect) {
    switch (effect) {
      case LivenessEffect.Vote(var victim, var why) ->
          roll.members().stream()
              .filter(member -> !member.equals(around.self()) && !member.equals(victim))
              .forEach(member -> around.mail().vote(member, victim, why));
      case LivenessEffect.Distrust(var members) -> {
        if (!members.isEmpty()) {
          context.getLog().warn("grants no lease to {}", members);
        }
        lease(new LeaseMessage.Distrusted(members));
      }
      case LivenessEffect.Want(var number, var members) ->
          lease(new LeaseMessage.Wanted(number, members));
      case LivenessEffect.Remove(var victim) -> {
        context.getLog().warn("removes {}: it is in the roll no more", victim);
        around.removal().accept(victim);
      }
    }
  }
}
