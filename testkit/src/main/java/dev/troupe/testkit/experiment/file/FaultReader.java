package dev.troupe.testkit.experiment.file;

import dev.troupe.testkit.experiment.fault.CutDirection;
import dev.troupe.testkit.experiment.fault.FaultKind;
import dev.troupe.testkit.experiment.fault.InjectedFault;
import dev.troupe.testkit.experiment.fault.NetworkRoute;
import dev.troupe.testkit.experiment.fault.Who;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads which fault a part of a file means.
final class FaultReader {

  private static final Map<String, FaultKind> KINDS = words(FaultKind.values(), FaultKind::word);
  private static final Map<String, Who.Role> ROLES = words(Who.Role.values(), Who.Role::word);
  private static final Map<String, NetworkRoute> ROUTES =
      words(NetworkRoute.values(), NetworkRoute::word);
  private static final Map<String, CutDirection> DIRECTIONS =
      words(CutDirection.values(), CutDirection::word);
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
  private static final String ANY = "any";

  private FaultReader() {}

  static <T> Map<String, T> words(T[] values, Function<T, String> word) {
    return Arrays.stream(values)
        .collect(
            Collectors.toMap(
                word, Function.identity(), (one, _) -> one, LinkedHashMap<String, T>::new));
  }

  static FaultKind kind(Section section) {
    return section.choice(FileKey.FAULT_KIND, KINDS);
  }

  /// @throws RefusedExperiment if something is not as the kind wants it
  static InjectedFault fault(FaultKind kind, Section section) {
    return switch (kind) {
      case KILL -> new InjectedFault.Kill(who(section));
      case FREEZE -> new InjectedFault.Freeze(who(section));
      case CUT,
          ISOLATION,
          STORE_CUT,
          ONE_WAY_CUT,
          PARTIAL_CUT,
          SCATTERING,
          RING_CUT,
          FLAPPING_LINK,
          PACKET_LOSS ->
          cut(kind, section);
      case LATENCY, BANDWIDTH, RESETS, HALF_OPEN, LOST_ANSWERS -> disturbed(kind, section);
      case SLOW_DISK,
          FULL_DISK,
          FAILING_DISK,
          DATABASE_RESTART,
          DATABASE_AWAY,
          DATABASE_FREEZE,
          DATABASE_FAILOVER,
          KILLED_SESSIONS ->
          store(kind, section);
      case CLOCK_OFFSET, CLOCK_JUMP, STARVED_CPU, MEMORY_PRESSURE -> machine(kind, section);
      case ROLLING_RESTART -> new InjectedFault.RollingMembers();
      case FULL_RESTART -> new InjectedFault.FullRestart();
      case JOIN -> new InjectedFault.OneMoreMember();
      case LEAVE -> new InjectedFault.LeavingMember(who(section));
      case OLDER_BUILD -> new InjectedFault.OlderMember(who(section));
      case STUCK_WATCHES -> new InjectedFault.StuckWatches(section.number(FileKey.STUCK_CLIENTS));
    };
  }

  private static InjectedFault cut(FaultKind kind, Section section) {
    return switch (kind) {
      case CUT -> new InjectedFault.Cut(who(section));
      case ISOLATION -> new InjectedFault.Isolation(who(section));
      case STORE_CUT -> new InjectedFault.StoreCut(who(section));
      case ONE_WAY_CUT ->
          new InjectedFault.OneWayCut(who(section), section.choice(FileKey.DIRECTION, DIRECTIONS));
      case PARTIAL_CUT -> new InjectedFault.PartialCut(between(section));
      case SCATTERING -> new InjectedFault.Scattering();
      case RING_CUT -> new InjectedFault.RingCut();
      case FLAPPING_LINK ->
          new InjectedFault.FlappingLink(
              who(section), section.length(FileKey.DOWN), section.length(FileKey.UP));
      case PACKET_LOSS ->
          new InjectedFault.PacketLoss(who(section), section.number(FileKey.PERCENT));
      default -> throw unread(kind);
    };
  }

  private static InjectedFault disturbed(FaultKind kind, Section section) {
    var who = who(section);
    return switch (kind) {
      case LATENCY ->
          new InjectedFault.Latency(
              who, on(section), section.length(FileKey.DELAY), section.length(FileKey.JITTER));
      case BANDWIDTH ->
          new InjectedFault.NarrowLink(who, on(section), section.number(FileKey.KILOBYTES));
      case RESETS ->
          new InjectedFault.ConnectionResets(who, on(section), section.length(FileKey.FAULT_EVERY));
      case HALF_OPEN -> new InjectedFault.HalfOpenLink(who, on(section));
      case LOST_ANSWERS -> new InjectedFault.LostAnswers(who, section.number(FileKey.PERCENT));
      default -> throw unread(kind);
    };
  }

  private static InjectedFault store(FaultKind kind, Section section) {
    return switch (kind) {
      case SLOW_DISK -> new InjectedFault.SlowDisk(section.length(FileKey.DELAY));
      case FULL_DISK -> new InjectedFault.FullDisk();
      case FAILING_DISK -> new InjectedFault.FailingDisk();
      case DATABASE_RESTART -> new InjectedFault.DatabaseRestart();
      case DATABASE_AWAY -> new InjectedFault.DatabaseAway();
      case DATABASE_FREEZE -> new InjectedFault.DatabaseFreeze();
      case DATABASE_FAILOVER -> new InjectedFault.DatabaseFailover();
      case KILLED_SESSIONS -> new InjectedFault.KilledSessions(section.length(FileKey.FAULT_EVERY));
      default -> throw unread(kind);
    };
  }

  private static InjectedFault machine(FaultKind kind, Section section) {
    var who = who(section);
    return switch (kind) {
      case CLOCK_OFFSET -> new InjectedFault.ClockOffset(who, section.length(FileKey.BY));
      case CLOCK_JUMP -> new InjectedFault.ClockJump(who, section.length(FileKey.BY));
      case STARVED_CPU -> new InjectedFault.StarvedCpu(who, section.number(FileKey.PERCENT));
      case MEMORY_PRESSURE ->
          new InjectedFault.MemoryPressure(who, section.number(FileKey.MEGABYTES));
      default -> throw unread(kind);
    };
  }

  private static IllegalStateException unread(FaultKind kind) {
    return new IllegalStateException("nobody reads a " + kind.word());
  }

  private static NetworkRoute on(Section section) {
    return section.choice(FileKey.ON, ROUTES);
  }

  private static Who who(Section section) {
    var text = section.text(FileKey.WHO);
    if (DIGITS.matcher(text).matches() && Integer.parseInt(text) > 0) {
      return new Who.MemberNumber(Integer.parseInt(text));
    }
    return section.choice(FileKey.WHO, ROLES);
  }

  private static List<Integer> between(Section section) {
    if (section.says(FileKey.BETWEEN, ANY)) {
      return List.of();
    }
    var numbers =
        section.list(FileKey.BETWEEN, 2, 2).stream()
            .map(item -> Section.number(FileKey.BETWEEN, item))
            .toList();
    if (numbers.stream().distinct().count() < 2 || numbers.stream().anyMatch(one -> one < 1)) {
      throw section
          .place(FileKey.BETWEEN)
          .refusal("nothing can be cut between " + numbers + ": name two members");
    }
    return numbers;
  }
}
