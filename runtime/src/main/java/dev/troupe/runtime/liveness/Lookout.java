package dev.troupe.runtime.liveness;

import dev.troupe.runtime.gateway.Gateway;
import dev.troupe.runtime.gateway.Joining;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.lease.LeaseBoard;
import dev.troupe.runtime.lease.LeaseQueue;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.PublishedLease;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.TwoClocks;
import dev.troupe.runtime.lease.logic.LeaseEffect;
import dev.troupe.runtime.lease.logic.LeaseLetter;
import dev.troupe.runtime.liveness.logic.LivenessEffect;
import dev.troupe.runtime.measure.Figure;
import dev.troupe.runtime.measure.MemberMeasures;
import dev.troupe.runtime.version.SteadyClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;

/// What a member among others has running so that it may read, finds out who lives, and is found
/// out itself. It runs on a thread of its own, behind nothing else that the member does.
public final class Lookout {

  private static final String DESK = "leases";
  private static final DispatcherSelector THREAD =
      DispatcherSelector.fromConfig("troupe.lookout-dispatcher");

  /// Between two attempts to reach a port that refuses.
  private static final Duration PROBE_AGAIN = Duration.ofMillis(200);

  /// The last roll must be over, and the store has to answer.
  private static final Duration CONCLUDE_AT_MOST = Duration.ofSeconds(3);

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ActorSystem<?> system;
  private final Terms terms;
  private final MemberMeasures measures;
  private final MemberId self;
  private final SteadyClock time;
  private final PublishedLease board;
  private final ProbeListener listener;
  private final Probes probes;
  private final Fellows fellows;
  private final NotedStanding found;
  private final CompletableFuture<Done> over = new CompletableFuture<>();

  private volatile Roll roll = Roll.NONE;
  private volatile @Nullable ActorRef<LivenessActor.Command> liveness;

  /// Begins to listen for probes; nothing else before it [begins][#begin].
  public Lookout(ActorSystem<?> system, Terms terms, MemberMeasures measures) {
    this.measures = measures;
    this.system = system;
    this.terms = terms;
    this.found = new NotedStanding(terms.roll());
    this.self = Gateway.id(Cluster.get(system).selfMember().uniqueAddress());
    this.time = new SteadyClock(terms.wall(), System::nanoTime, this::isTimeAgreed);
    this.board = new PublishedLease(() -> new TwoClocks(terms.wall().millis(), System.nanoTime()));
    this.listener = ProbeListener.open(terms.probes());
    this.probes = new Probes(PROBE_AGAIN, new Witnessed());
    this.fellows = new Fellows(self, address -> Gateway.desk(system, address, DESK), probes);
    system
        .getWhenTerminated()
        .thenAccept(_ -> {
          listener.close();
          probes.close();
        });
  }

  private final class Witnessed implements Probes.Witness {
    @Override
    public void connected(MemberId member) {
      tell(new LivenessActor.Connected(member));
    }

    @Override
    public void refused(MemberId member) {
      tell(new LivenessActor.Refused(member));
    }
  }

  /// Before it has begun nobody has anything to say, and when it is over nothing counts.
  private void tell(LivenessActor.Command command) {
    var present = liveness;
    if (present != null) {
      present.tell(command);
    }
  }

  /// Where readers look.
  public LeaseBoard board() {
    return board;
  }

  /// What versions are taken from.
  public SteadyClock time() {
    return time;
  }

  /// Whose clock differs from those of a majority has no lease.
  private boolean isTimeAgreed() {
    return board.covers();
  }

  /// Where others find out that this process lives.
  public int probePort() {
    return listener.port();
  }

  /// Is to be told with whom this member works.
  public Joining.Circle circle() {
    return fellows;
  }

  /// Begins to ask for leases, and to look after the lives of others.
  ///
  /// @param acting is told the roll that this member acts by from now on
  /// @param end ends this member; may be called more than once, and when it is about to end anyway
  public void begin(Consumer<Roll> acting, Consumer<LeaseEffect.Stop> end) {
    var situation =
        new Situation(
            self,
            terms.leases(),
            terms.silence(),
            found,
            new CountedMail(fellows, measures),
            board,
            () -> new TwoClocks(terms.wall().millis(), System.nanoTime(), time.millis()),
            time::follow,
            acting.andThen(this::acting),
            removal(new Removal(system)),
            end.andThen(_ -> over.complete(Done.getInstance())));
    liveness = system.systemActorOf(LivenessActor.create(situation), "liveness", THREAD);
    system.systemActorOf(Behaviors.receiveMessage(this::read), DESK, THREAD);
    system.systemActorOf(
        Behaviors.supervise(
                MembershipFeed.create(members -> tell(new LivenessActor.Membership(members))))
            .onFailure(SupervisorStrategy.restart()),
        "membership",
        THREAD);
  }

  private void acting(Roll next) {
    roll = next;
    fellows.acting(next);
  }

  private Consumer<MemberId> removal(Removal removal) {
    return victim -> {
      measures.removed(victim.address());
      removal.remove(victim);
    };
  }

  private record CountedMail(Mail mail, MemberMeasures measures) implements Mail {

    @Override
    public void letter(MemberId to, LeaseLetter letter) {
      measures.sent(letter);
      mail.letter(to, letter);
    }

    @Override
    public void vote(MemberId to, MemberId victim, LivenessEffect.Why why) {
      measures.voted(victim.address());
      mail.vote(to, victim, why);
    }
  }

  /// How it stands with leases and the roll.
  public List<Figure> figures() {
    return List.of(
        Figure.Level.of(
            "troupe_lease_remaining_seconds",
            "What is left of the lease by which this member reads; 0 if it has none",
            board.left().toNanos() / NANOS),
        Figure.Level.of(
            "troupe_roll_number",
            "The roll of members that this one acts by",
            (double) roll.number()),
        Figure.Level.of("troupe_roll_members", "How many are in that roll", roll.members().size()));
  }

  private Behavior<Letter> read(Letter letter) {
    if (fellows.includes(letter.from())) {
      switch (letter.message()) {
        case GatewayMessage.LeaseSaid(var said) ->
            tell(new LivenessActor.Received(letter.from(), said));
        case GatewayMessage.VotedDown(var victim, var why) ->
            tell(new LivenessActor.Voted(letter.from(), victim, LivenessEffect.Why.of(why)));
        default -> {}
      }
    }
    return Behaviors.same();
  }

  /// Leaves the roll; the last one ends the cluster by that. To be called when this member serves
  /// nothing any more, and has left Pekko's cluster.
  ///
  /// @return completes when that is done, by whomever, or takes too long
  public CompletionStage<Done> conclude() {
    var done = new CompletableFuture<Done>();
    var _ = over.thenAccept(done::complete);
    tell(new LivenessActor.Conclude(() -> done.complete(Done.getInstance())));
    return done.completeOnTimeout(
        Done.getInstance(), CONCLUDE_AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Which clusters have had the store: numbers of the rolls that they were formed with, 0 for
  /// none.
  ///
  /// @param before whose it was when this member first asked, or when it formed one itself
  /// @param formed which one it has formed
  public record Found(long before, long formed) {}

  /// Empty before the store has told how it stands.
  public Optional<Found> found() {
    return found.found();
  }

  /// Which member this is.
  public MemberId self() {
    return self;
  }

  /// The roll that this member acts by.
  public Roll roll() {
    return roll;
  }

  /// Where whoever is about to serve something waits until this member may read.
  public LeaseQueue queue() {
    return new LeaseQueue() {
      @Override
      public MemberId member() {
        return self;
      }

      @Override
      public void awaitLease(Runnable ready) {
        tell(new LivenessActor.AwaitLease(ready));
      }

      @Override
      public void awaitGuard(@Nullable MemberId owner, Runnable ready) {
        tell(new LivenessActor.AwaitGuard(owner, ready));
      }

      @Override
      public void forget(Runnable ready) {
        tell(new LivenessActor.Forget(ready));
      }
    };
  }
}
