package dev.troupe.testkit.experiment.injector;

import dev.troupe.testkit.experiment.fault.InjectedFault;
import dev.troupe.testkit.experiment.fault.NetworkRoute;
import dev.troupe.testkit.experiment.injector.RepeatedInjection.Step;
import dev.troupe.testkit.experiment.schedule.Aim;
import dev.troupe.testkit.experiment.schedule.ScheduledFault;
import dev.troupe.testkit.load.SilentWatchers;
import dev.troupe.testkit.members.MemberLink;
import dev.troupe.testkit.members.MemberNetwork;
import dev.troupe.testkit.members.MemberServer;
import dev.troupe.testkit.process.CpuShares;
import dev.troupe.testkit.proxy.LinkCondition;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Makes of each fault of a schedule what does it, when its moment has come.
public final class Injections {

  private static final long MIB = 1 << 20;

  /// Between two times that a limit is set: whoever was above it may have ended meanwhile.
  private static final Duration LIMITS = Duration.ofMillis(500);

  private static final LinkCondition STOPPED = LinkCondition.CLEAR.withStopped(true);

  private interface Maker {
    Injection make(InjectionGround ground, List<MemberServer> victims);
  }

  private final InjectionGround ground;
  private final AimTaker aims;

  public Injections(InjectionGround ground) {
    this.ground = ground;
    this.aims = new AimTaker(ground.servers(), ground.holdings());
  }

  /// On which links of members it is done; empty if on none.
  public static Optional<NetworkRoute> route(InjectedFault fault) {
    return switch (fault) {
      case InjectedFault.StoreCut _ -> Optional.of(NetworkRoute.STORE);
      case InjectedFault.DatabaseFailover _ -> Optional.of(NetworkRoute.STORE);
      case InjectedFault.LostAnswers _ -> Optional.of(NetworkRoute.CLIENTS);
      case InjectedFault.HalfOpenLink(_, var route) -> Optional.of(route);
      case InjectedFault.Latency(_, var route, _, _) -> Optional.of(route);
      case InjectedFault.NarrowLink(_, var route, _) -> Optional.of(route);
      case InjectedFault.ConnectionResets(_, var route, _) -> Optional.of(route);
      default -> Optional.empty();
    };
  }

  /// Empty if nobody is there whom it could hit.
  public Optional<Injection> of(ScheduledFault scheduled) {
    var victims = aims.take(scheduled.aim());
    if (victims.isEmpty() && !(scheduled.aim() instanceof Aim.NoMember)) {
      return Optional.empty();
    }
    return Optional.of(maker(scheduled.fault()).make(ground, victims));
  }

  private static Maker maker(InjectedFault fault) {
    return switch (fault) {
      case InjectedFault.ProcessFault process ->
          (ground, victims) -> new ProcessInjection(process, victims, ground.keeper());
      case InjectedFault.MembershipFault membership -> maker(membership);
      case InjectedFault.StoreFault store -> maker(store);
      case InjectedFault.LinkFault link -> maker(link);
      case InjectedFault.MachineFault machine -> maker(machine);
      case InjectedFault.StuckWatches(int clients) -> (ground, _) -> stuck(ground, clients);
    };
  }

  private static Maker maker(InjectedFault.MachineFault fault) {
    return switch (fault) {
      case InjectedFault.StarvedCpu(_, int percent) ->
          (ground, victims) -> starved(ground.shares().orElseThrow(), victims, percent);
      case InjectedFault.MemoryPressure(_, int megabytes) ->
          (ground, victims) -> pressed(ground, victims, megabytes);
      case InjectedFault.ClockJump(_, var by) ->
          (ground, victims) -> {
            var clocks = ground.clocks().orElseThrow();
            return new PlainInjection(
                victims,
                () -> victims.forEach(victim -> clocks.set(victim.number(), by)),
                () -> victims.forEach(victim -> clocks.set(victim.number(), Duration.ZERO)));
          };
      case InjectedFault.ClockOffset(_, var by) ->
          (ground, victims) -> {
            var clocks = ground.clocks().orElseThrow();
            return new RestartInjection(
                victims,
                ground.keeper(),
                victim -> clocks.set(victim.number(), by),
                victim -> clocks.set(victim.number(), Duration.ZERO));
          };
    };
  }

  private static Injection pressed(
      InjectionGround ground, List<MemberServer> victims, int megabytes) {
    var memory = ground.memory().orElseThrow();
    var numbers = victims.stream().map(MemberServer::number).toList();
    var limit = new Step(() -> numbers.forEach(one -> memory.limit(one, megabytes * MIB)), LIMITS);
    return new RepeatedInjection(
        victims, List.of(limit), () -> numbers.forEach(memory::free), ground.nanos());
  }

  private static Injection starved(CpuShares shares, List<MemberServer> victims, int percent) {
    var pids = victims.stream().map(MemberServer::pid).toList();
    return new PlainInjection(
        victims,
        () -> pids.forEach(pid -> shares.give(pid, percent / 100.0)),
        () -> pids.forEach(shares::free));
  }

  private static Maker maker(InjectedFault.MembershipFault fault) {
    return switch (fault) {
      case InjectedFault.LeavingMember _, InjectedFault.FullRestart _ ->
          (ground, victims) -> new DepartureInjection(victims, ground.keeper());
      case InjectedFault.RollingMembers _ ->
          (ground, victims) ->
              new RollingInjection(victims, ground.keeper(), ground.serves(), ground.leaves());
      case InjectedFault.OneMoreMember _ ->
          (ground, _) -> new JoinInjection(ground.servers(), ground.keeper(), ground.joins());
      case InjectedFault.OlderMember _ ->
          (ground, victims) ->
              new RestartInjection(
                  victims,
                  ground.keeper(),
                  victim -> victim.build(ground.olderBuild()),
                  victim -> victim.build(""));
    };
  }

  private static Maker maker(InjectedFault.StoreFault fault) {
    return switch (fault) {
      case InjectedFault.DatabaseRestart _ ->
          (ground, _) -> database(ground.database()::stop, ground.database()::start);
      case InjectedFault.DatabaseAway _ ->
          (ground, _) -> database(ground.database()::kill, ground.database()::start);
      case InjectedFault.DatabaseFreeze _ ->
          (ground, _) -> database(ground.database()::freeze, ground.database()::thaw);
      case InjectedFault.KilledSessions(var every) ->
          (ground, _) ->
              new RepeatedInjection(
                  List.of(),
                  List.of(new Step(ground.database()::endSessions, every)),
                  () -> {},
                  ground.nanos());
      case InjectedFault.SlowDisk(var delay) ->
          (ground, _) -> database(() -> ground.database().slow(delay), ground.database()::fast);
      case InjectedFault.FullDisk _ ->
          (ground, _) -> database(ground.database()::fill, ground.database()::makeRoom);
      case InjectedFault.FailingDisk _ ->
          (ground, _) -> database(ground.database()::failDisk, ground.database()::repairDisk);
      case InjectedFault.DatabaseFailover _ ->
          (ground, _) -> database(ground.database()::failOver, () -> {});
    };
  }

  private static Maker maker(InjectedFault.LinkFault fault) {
    return switch (fault) {
      case InjectedFault.Cut _ ->
          (ground, victims) ->
              cut(ground, victims, NetworkCuts.from(victims, ground.servers().all()));
      case InjectedFault.Isolation _ ->
          (ground, victims) -> cut(ground, victims, NetworkCuts.off(victims));
      case InjectedFault.PartialCut _, InjectedFault.Scattering _ ->
          (ground, victims) -> cut(ground, victims, NetworkCuts.pairs(victims, (_, _) -> true));
      case InjectedFault.RingCut _ ->
          (ground, victims) -> cut(ground, victims, NetworkCuts.ring(victims));
      case InjectedFault.FlappingLink(_, var down, var up) ->
          (ground, victims) -> flapping(ground, victims, down, up);
      case InjectedFault.OneWayCut(_, var direction) ->
          (ground, victims) ->
              cut(ground, victims, NetworkCuts.oneWay(victims, ground.servers().all(), direction));
      case InjectedFault.StoreCut _ -> onLinks(NetworkRoute.STORE, STOPPED);
      case InjectedFault.HalfOpenLink(_, var route) -> onLinks(route, STOPPED);
      case InjectedFault.Latency(_, var route, var delay, var jitter) ->
          onLinks(route, LinkCondition.CLEAR.withLatency(delay, jitter));
      case InjectedFault.NarrowLink(_, var route, int kilobytes) ->
          onLinks(route, LinkCondition.CLEAR.withBytesPerSecond(kilobytes * 1_000L));
      case InjectedFault.ConnectionResets(_, var route, var every) -> resets(route, every);
      case InjectedFault.LostAnswers(_, int percent) ->
          onLinks(NetworkRoute.CLIENTS, LinkCondition.CLEAR.withLostAnswers(percent));
      case InjectedFault.PacketLoss(_, int percent) ->
          (ground, victims) -> lossy(ground.servers().network(), victims, percent);
    };
  }

  private static Injection lossy(MemberNetwork network, List<MemberServer> victims, int percent) {
    var numbers = victims.stream().map(MemberServer::number).toList();
    return new PlainInjection(
        victims,
        () -> numbers.forEach(number -> network.lose(number, percent)),
        () -> numbers.forEach(network::loseNothing));
  }

  private static Injection stuck(InjectionGround ground, int clients) {
    var opened = new AtomicReference<@Nullable SilentWatchers>();
    return new PlainInjection(
        List.of(),
        () ->
            opened.set(
                SilentWatchers.open(
                    ground.servers().all().stream().map(MemberServer::api).toList(), clients)),
        () -> Objects.requireNonNull(opened.get()).close(),
        () ->
            "%d of %d watches were opened"
                .formatted(Objects.requireNonNull(opened.get()).opened(), clients));
  }

  /// Of what a member sends on its links, and is sent there.
  private static Maker onLinks(NetworkRoute route, LinkCondition condition) {
    return (ground, victims) -> {
      var links = links(ground, route, victims);
      return new PlainInjection(
          victims,
          () -> links.forEach(link -> link.set(condition)),
          () -> links.forEach(MemberLink::heal));
    };
  }

  private static Maker resets(NetworkRoute route, Duration every) {
    return (ground, victims) -> {
      var links = links(ground, route, victims);
      var reset = new Step(() -> links.forEach(MemberLink::reset), every);
      return new RepeatedInjection(victims, List.of(reset), () -> {}, ground.nanos());
    };
  }

  private static List<MemberLink> links(
      InjectionGround ground, NetworkRoute route, List<MemberServer> victims) {
    return victims.stream().map(victim -> ground.links().apply(route, victim)).toList();
  }

  private static Injection database(Runnable begins, Runnable ends) {
    return new PlainInjection(List.of(), begins, ends);
  }

  private static Injection cut(
      InjectionGround ground, List<MemberServer> victims, List<NetworkCuts.Cut> cuts) {
    return new PlainInjection(
        victims, () -> ground.cuts().make(cuts), () -> ground.cuts().mend(cuts));
  }

  private static Injection flapping(
      InjectionGround ground, List<MemberServer> victims, Duration down, Duration up) {
    var cuts = NetworkCuts.from(victims, ground.servers().all());
    return new RepeatedInjection(
        victims,
        List.of(
            new Step(() -> ground.cuts().make(cuts), down),
            new Step(() -> ground.cuts().mend(cuts), up)),
        () -> ground.cuts().mend(cuts),
        ground.nanos());
  }
}
