package dev.troupe.testkit.experiment.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.fault.CutDirection;
import dev.troupe.testkit.experiment.fault.FaultKind;
import dev.troupe.testkit.experiment.fault.InjectedFault;
import dev.troupe.testkit.experiment.fault.NetworkRoute;
import dev.troupe.testkit.experiment.fault.Who;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class InjectionsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Who ANY = Who.Role.ANY;
  private static final Pattern UNKNOWN = Pattern.compile("the faults (`[a-z-]+`(?:, `[a-z-]+`)*)");

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

  @Test
  void documentNamesExactlyTheKindsThatCannotBeCarriedOutYet() throws IOException {
    var faults = oneOfEach(NetworkRoute.STORE);
    assertThat(faults).extracting(InjectedFault::kind).containsOnly(FaultKind.values());
    var named = UNKNOWN.matcher(Files.readString(Path.of("..", "docs", "experiments.md")));
    assertThat(named.find()).isTrue();
    assertThat(Arrays.stream(named.group(1).split(", ", -1)).map(word -> word.replace("`", "")))
        .containsExactlyInAnyOrderElementsOf(
            faults.stream()
                .filter(fault -> !Injections.isKnown(fault))
                .map(fault -> fault.kind().word())
                .toList());
  }

  @Test
  void nothingIsDoneBetweenClientsAndMembersYet() {
    assertThat(oneOfEach(NetworkRoute.CLIENTS))
        .filteredOn(
            fault -> Injections.route(fault).filter(NetworkRoute.CLIENTS::equals).isPresent())
        .hasSize(4)
        .noneMatch(Injections::isKnown);
  }

  @Test
  void linksBetweenMembersAreDisturbedAsThoseToTheDatabaseAre() {
    assertThat(oneOfEach(NetworkRoute.MEMBERS))
        .filteredOn(
            fault -> Injections.route(fault).filter(NetworkRoute.MEMBERS::equals).isPresent())
        .hasSize(4)
        .allMatch(Injections::isKnown);
  }
}
