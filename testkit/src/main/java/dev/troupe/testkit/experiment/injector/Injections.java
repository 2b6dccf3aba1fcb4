package dev.troupe.testkit.experiment.injector;

import dev.troupe.testkit.experiment.fault.InjectedFault;
import dev.troupe.testkit.experiment.fault.NetworkRoute;
import dev.troupe.testkit.experiment.injector.RepeatedInjection.Step;
import dev.troupe.testkit.experiment.schedule.Aim;
import dev.troupe.testkit.experiment.schedule.ScheduledFault;
import dev.troupe.testkit.members.MemberLink;
import dev.troupe.testkit.members.MemberServer;
import dev.troupe.testkit.process.CpuShares;
import dev.troupe.testkit.proxy.LinkCondition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Makes of each fault of a schedule what does it, when its moment has come.
public final class Injections {

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

  /// Whether anybody knows how to do it.
  public static boolean isKnown(InjectedFault fault) {
    return maker(fault).isPresent();
  }

  /// On which links of members it is done; empty if on none.
  public static Optional<NetworkRoute> route(InjectedFault fault) {
    return switch (fault) {
      case InjectedFault.StoreCut _ -> Optional.of(NetworkRoute.STORE);
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
    return maker(scheduled.fault()).map(maker -> maker.make(ground, victims));
  }

  private static Optional<Maker> maker(InjectedFault fault) {
    return switch (fault) {
      case InjectedFault.ProcessFault process ->
          known((ground, victims) -> new ProcessInjection(process, victims, ground.keeper()));
      case InjectedFault.MembershipFault membership -> maker(membership);
      case InjectedFault.StoreFault store -> maker(store);
      case InjectedFault.LinkFault link -> maker(link);
      case InjectedFault.MachineFault machine -> maker(machine);
      case InjectedFault.ClientFault _ -> Optional.empty();
    };
  }

  private static Optional<Maker> maker(InjectedFault.MachineFault fault) {
    return switch (fault) {
      case InjectedFault.StarvedCpu(_, int percent) ->
          known((ground, victims) -> starved(ground.shares().orElseThrow(), victims, percent));
      case InjectedFault.ClockOffset _, InjectedFault.ClockJump _, InjectedFault.MemoryPressure _ ->
          Optional.empty();
    };
  }

  private static Injection starved(CpuShares shares, List<MemberServer> victims, int percent) {
    var pids = victims.stream().map(MemberServer::pid).toList();
    return new PlainInjection(
        victims,
        () -> pids.forEach(pid -> shares.give(pid, percent / 100.0)),
        () -> pids.forEach(shares::free));
  }

  private static Optional<Maker> maker(InjectedFault.MembershipFault fault) {
    return switch (fault) {
      case InjectedFault.LeavingMember _, InjectedFault.FullRestart _ ->
          known((ground, victims) -> new DepartureInjection(victims, ground.keeper()));
      case InjectedFault.RollingMembers _ ->
          known((ground, victims) ->
              new RollingInjection(victims, ground.keeper(), ground.serves(), ground.leaves()));
      case InjectedFault.OneMoreMember _ ->
          known(
              (ground, _) -> new JoinInjection(ground.servers(), ground.keeper(), ground.joins()));
      case InjectedFault.OlderMember _ -> Optional.empty();
    };
  }

  private static Optional<Maker> maker(InjectedFault.StoreFault fault) {
    return switch (fault) {
      case InjectedFault.DatabaseRestart _ ->
          known((ground, _) -> database(ground.database()::stop, ground.database()::start));
      case InjectedFault.DatabaseAway _ ->
          known((ground, _) -> database(ground.database()::kill, ground.database()::start));
      case InjectedFault.DatabaseFreeze _ ->
          known((ground, _) -> database(ground.database()::freeze, ground.database()::thaw));
      case InjectedFault.KilledSessions(var every) ->
          known((ground, _) ->
              new RepeatedInjection(
                  List.of(),
                  List.of(new Step(ground.database()::endSessions, every)),
                  () -> {},
                  ground.nanos()));
      case InjectedFault.SlowDisk _,
          InjectedFault.FullDisk _,
          InjectedFault.FailingDisk _,
          InjectedFault.DatabaseFailover _ ->
          Optional.empty();
    };
  }

  private static Optional<Maker> maker(InjectedFault.LinkFault fault) {
    return switch (fault) {
      case InjectedFault.Cut _ ->
          known((ground, victims) ->
              cut(ground, victims, NetworkCuts.from(victims, ground.servers().all())));
      case InjectedFault.Isolation _ ->
          known((ground, victims) -> cut(ground, victims, NetworkCuts.off(victims)));
      case InjectedFault.PartialCut _, InjectedFault.Scattering _ ->
          known((ground, victims) ->
              cut(ground, victims, NetworkCuts.pairs(victims, (_, _) -> true)));
      case InjectedFault.RingCut _ ->
          known((ground, victims) -> cut(ground, victims, NetworkCuts.ring(victims)));
      case InjectedFault.FlappingLink(_, var down, var up) ->
          known((ground, victims) -> flapping(ground, victims, down, up));
      case InjectedFault.OneWayCut(_, var direction) ->
          known((ground, victims) ->
              cut(ground, victims, NetworkCuts.oneWay(victims, ground.servers().all(), direction)));
      case InjectedFault.StoreCut _ -> onLinks(NetworkRoute.STORE, STOPPED);
      case InjectedFault.HalfOpenLink(_, var route) -> onLinks(route, STOPPED);
      case InjectedFault.Latency(_, var route, var delay, var jitter) ->
          onLinks(route, LinkCondition.CLEAR.withLatency(delay, jitter));
      case InjectedFault.NarrowLink(_, var route, int kilobytes) ->
          onLinks(route, LinkCondition.CLEAR.withBytesPerSecond(kilobytes * 1_000L));
      case InjectedFault.ConnectionResets(_, var route, var every) -> resets(route, every);
      case InjectedFault.PacketLoss _, InjectedFault.LostAnswers _ -> Optional.empty();
    };
  }

  private static Optional<Maker> known(Maker maker) {
    return Optional.of(maker);
  }

  /// Of what a member sends on its links, and is sent there.
  private static Optional<Maker> onLinks(NetworkRoute route, LinkCondition condition) {
    return known(
        route,
        (ground, victims) -> {
          var links = links(ground, route, victims);
          return new PlainInjection(
              victims,
              () -> links.forEach(link -> link.set(condition)),
              () -> links.forEach(MemberLink::heal));
        });
  }

  private static Optional<Maker> resets(NetworkRoute route, Duration every) {
    return known(
        route,
        (ground, victims) -> {
          var links = links(ground, route, victims);
          var reset = new Step(() -> links.forEach(MemberLink::reset), every);
          return new RepeatedInjection(victims, List.of(reset), () -> {}, ground.nanos());
        });
  }

  private static List<MemberLink> links(
      InjectionGround ground, NetworkRoute route, List<MemberServer> victims) {
    return victims.stream().map(victim -> ground.links().apply(route, victim)).toList();
  }

  /// Nothing is between clients and members.
  private static Optional<Maker> known(NetworkRoute route, Maker maker) {
    return route == NetworkRoute.CLIENTS ? Optional.empty() : Optional.of(maker);
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
