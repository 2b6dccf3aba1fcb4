package dev.troupe.testkit.experiment.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.fault.CutDirection;
import dev.troupe.testkit.experiment.fault.FaultKind;
import dev.troupe.testkit.experiment.fault.InjectedFault;
import dev.troupe.testkit.experiment.fault.NetworkRoute;
import dev.troupe.testkit.experiment.fault.Who;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InjectionsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Who ANY = Who.Role.ANY;

  private static List<InjectedFault> oneOfEach(NetworkRoute route) {
    return List.of(
        new InjectedFault.Kill(ANY),
        new InjectedFault.Freeze(ANY),
        new InjectedFault.Cut(ANY),
        new InjectedFault.Isolation(ANY),
        new InjectedFault.StoreCut(ANY),
        new InjectedFault.OneWayCut(ANY, CutDirection.IN),
        new InjectedFault.PartialCut(List.of()),
        new InjectedFault.Scattering(),
        new InjectedFault.RingCut(),
        new InjectedFault.FlappingLink(ANY, SECOND, SECOND),
        new InjectedFault.Latency(ANY, route, SECOND, SECOND),
        new InjectedFault.PacketLoss(ANY, 1),
        new InjectedFault.NarrowLink(ANY, route, 1),
        new InjectedFault.ConnectionResets(ANY, route, SECOND),
        new InjectedFault.HalfOpenLink(ANY, route),
        new InjectedFault.LostAnswers(ANY, 1),
        new InjectedFault.SlowDisk(SECOND),
        new InjectedFault.FullDisk(),
        new InjectedFault.FailingDisk(),
        new InjectedFault.DatabaseRestart(),
        new InjectedFault.DatabaseAway(),
        new InjectedFault.DatabaseFreeze(),
        new InjectedFault.DatabaseFailover(),
        new InjectedFault.KilledSessions(SECOND),
        new InjectedFault.ClockOffset(ANY, SECOND),
        new InjectedFault.ClockJump(ANY, SECOND),
        new InjectedFault.StarvedCpu(ANY, 1),
        new InjectedFault.MemoryPressure(ANY, 1),
        new InjectedFault.RollingMembers(),
        new InjectedFault.FullRestart(),
        new InjectedFault.OneMoreMember(),
        new InjectedFault.LeavingMember(ANY),
        new InjectedFault.OlderMember(ANY),
        new InjectedFault.StuckWatches(1));
  }

  private static List<InjectedFault> on(NetworkRoute route) {
    return oneOfEach(route).stream()
        .filter(fault -> Injections.route(fault).filter(route::equals).isPresent())
        .toList();
  }

  @Test
  void eachKindIsLookedAt() {
    assertThat(oneOfEach(NetworkRoute.STORE))
        .extracting(InjectedFault::kind)
        .containsExactlyInAnyOrder(FaultKind.values());
  }

  @Test
  void faultsOfLinksAreDoneOnTheRouteThatTheyName() {
    assertThat(on(NetworkRoute.MEMBERS))
        .extracting(InjectedFault::kind)
        .containsExactlyInAnyOrder(
            FaultKind.LATENCY, FaultKind.BANDWIDTH, FaultKind.RESETS, FaultKind.HALF_OPEN);
    assertThat(on(NetworkRoute.STORE))
        .extracting(InjectedFault::kind)
        .contains(FaultKind.STORE_CUT, FaultKind.DATABASE_FAILOVER, FaultKind.LATENCY);
    assertThat(on(NetworkRoute.CLIENTS))
        .extracting(InjectedFault::kind)
        .contains(FaultKind.LOST_ANSWERS, FaultKind.HALF_OPEN, FaultKind.RESETS);
  }
}
