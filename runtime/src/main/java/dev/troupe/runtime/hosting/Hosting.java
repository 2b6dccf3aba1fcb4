package dev.troupe.runtime.hosting;

import dev.troupe.runtime.collection.whereabouts.HostFence;
import dev.troupe.runtime.collection.whereabouts.logic.WhereaboutsEffect;
import dev.troupe.runtime.collection.whereabouts.logic.WhereaboutsLogic;
import dev.troupe.runtime.collection.whereabouts.logic.WhereaboutsMessage;
import dev.troupe.runtime.controller.HostPlaces;
import dev.troupe.runtime.controller.HostReport;
import dev.troupe.runtime.gateway.Gateway;
import dev.troupe.runtime.gateway.Joining;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.lease.LeaseQueue;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.placing.Departures;
import dev.troupe.runtime.resource.HostIdentity;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// Which hosts are at this member, and where the others are: each member tells all whom it works
/// with when a host begins or ends, and believes the newest epoch. What is lost is said again when
/// somebody wakes a host that runs.
public final class Hosting implements HostPlaces, Joining.Circle {

  private static final String DESK = "hosts";

  /// As long as other members are waited for that are asked how they are.
  private static final Duration ANSWER = Duration.ofMillis(400);

  private final ActorSystem<?> system;
  private final HostFence fence;
  private final @Nullable LeaseQueue leases;
  private final BooleanSupplier planned;
  private final Departures departures;
  private final WhereaboutsLogic whereabouts = new WhereaboutsLogic();
  private final Map<PartitionId, Long> here = new ConcurrentHashMap<>();
  private final Map<PartitionId, MemberId> elsewhere = new ConcurrentHashMap<>();
  private final Map<MemberId, ActorRef<Letter>> desks = new ConcurrentHashMap<>();
  private final Map<Long, CompletableFuture<HostReport>> asked = new ConcurrentHashMap<>();
  private final AtomicLong lastAsked;

  private volatile @Nullable Function<String, CompletionStage<HostReport>> answer;

  /// @param fence is told of every epoch that a host is known to have begun
  /// @param leases null if this member is alone
  /// @param planned whether it was asked to end, when it does
  /// @param departures of the members
  public Hosting(
      ActorSystem<?> system,
      HostFence fence,
      @Nullable LeaseQueue leases,
      BooleanSupplier planned,
      Departures departures) {
    this.system = system;
    this.fence = fence;
    this.leases = leases;
    this.planned = planned;
    this.departures = departures;
    // Positive, and most likely far away from what a former life has counted up to.
    this.lastAsked = new AtomicLong(leases == null ? 0 : leases.member().uid() & Integer.MAX_VALUE);
    if (leases != null) {
      // A letter that cannot be handled is one that is lost.
      system.systemActorOf(
          Behaviors.supervise(Behaviors.receiveMessage(this::read))
              .onFailure(SupervisorStrategy.resume()),
          DESK,
          Props.empty());
    }
  }

  @Override
  public ActorSystem<?> system() {
    return system;
  }

  @Override
  public @Nullable LeaseQueue leases() {
    return leases;
  }

  @Override
  public Departures departures() {
    return departures;
  }

  @Override
  public boolean mayFinish() {
    return planned.getAsBoolean();
  }

  @Override
  public List<PartitionId> missing(Collection<PartitionId> hosts) {
    return hosts.stream()
        .filter(host -> !here.containsKey(host) && !elsewhere.containsKey(host))
        .toList();
  }

  // Those of this member

  @Override
  public void began(PartitionId host, long epoch) {
    here.put(host, epoch);
    fence.began(new HostIdentity(host, epoch));
    desks.keySet().forEach(member -> announce(member, host, epoch));
  }

  @Override
  public void left(PartitionId host) {
    var epoch = here.remove(host);
    if (epoch != null) {
      desks.keySet().forEach(member -> send(member, new GatewayMessage.PartitionGone(host, epoch)));
    }
  }

  private void announce(MemberId member, PartitionId host, long epoch) {
    send(member, new GatewayMessage.PartitionHere(host, epoch, true));
  }

  // Those of others

  @Override
  public void met(MemberId member, Introduction introduction) {
    desks.put(member, Gateway.desk(system, member.address(), DESK));
    on(new WhereaboutsMessage.Came(member));
    here.forEach((host, epoch) -> announce(member, host, epoch));
  }

  @Override
  public void parted(MemberId member) {
    desks.remove(member);
    on(new WhereaboutsMessage.Went(member));
  }

  /// Told by the desk, and by the gateway.
  private synchronized void on(WhereaboutsMessage message) {
    for (var effect : whereabouts.on(message)) {
      switch (effect) {
        case WhereaboutsEffect.Discovered(var host, var member) -> elsewhere.put(host, member);
        case WhereaboutsEffect.Missed(var host) -> elsewhere.remove(host);
      }
    }
  }

  // Letters

  /// What is sent to a member that this one does not work with is lost, as anything may be.
  private void send(MemberId to, long correlation, GatewayMessage message) {
    var desk = desks.get(to);
    if (desk != null && leases != null) {
      desk.tell(new Letter(leases.member(), correlation, message));
    }
  }

  private void send(MemberId to, GatewayMessage message) {
    send(to, Letter.NOBODY_WAITS, message);
  }

  private Behavior<Letter> read(Letter letter) {
    if (desks.containsKey(letter.from())) {
      on(letter.from(), letter.correlation(), letter.message());
    }
    return Behaviors.same();
  }

  private void on(MemberId from, long correlation, GatewayMessage message) {
    switch (message) {
      case GatewayMessage.PartitionHere(var host, var epoch, _) -> {
        fence.began(new HostIdentity(host, epoch));
        on(new WhereaboutsMessage.Announced(host, from, epoch));
      }
      case GatewayMessage.PartitionGone(var host, var epoch) ->
          on(new WhereaboutsMessage.Withdrawn(host, from, epoch));
      case GatewayMessage.HostReportAsked(var controller) ->
          answer(controller, report -> send(from, correlation, report));
      case GatewayMessage.HostReported(var report) -> {
        var waiting = asked.remove(correlation);
        if (waiting != null) {
          waiting.complete(report);
        }
      }
      default -> system.log().debug("nobody says {} about hosts", message);
    }
  }

  // How they are doing

  @Override
  public void answerBy(Function<String, CompletionStage<HostReport>> next) {
    answer = next;
  }

  private void answer(String controller, Consumer<GatewayMessage.HostReported> send) {
    var known = answer;
    if (known != null) {
      var _ =
          known
              .apply(controller)
              .thenAccept(report -> send.accept(new GatewayMessage.HostReported(report)));
    }
  }

  @Override
  public CompletionStage<HostReport> ask(PartitionId host) {
    var member = elsewhere.get(host);
    if (member == null) {
      return CompletableFuture.failedStage(
          new IllegalStateException("nobody knows where " + host + " is"));
    }
    long correlation = lastAsked.incrementAndGet();
    var report = new CompletableFuture<HostReport>();
    asked.put(correlation, report);
    send(member, correlation, new GatewayMessage.HostReportAsked(host.collection().plural()));
    return report
        .orTimeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((_, _) -> asked.remove(correlation));
  }
}
