package dev.troupe.testkit.experiment.run;

import dev.troupe.testkit.experiment.fault.FaultKind;
import dev.troupe.testkit.experiment.observer.MemberLogLine;
import dev.troupe.testkit.experiment.observer.MemberPolls;
import dev.troupe.testkit.experiment.observer.TakeoverTable;
import dev.troupe.testkit.experiment.record.FaultSpan;
import dev.troupe.testkit.experiment.record.OwnerSpan;
import dev.troupe.testkit.experiment.record.Takeover;
import dev.troupe.testkit.experiment.verdict.Evidence;
import dev.troupe.testkit.experiment.witness.Testimony;
import dev.troupe.testkit.load.OpenLoad;
import dev.troupe.testkit.members.MemberServer;
import dev.troupe.testkit.members.MemberServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All that was seen of a run, by whoever saw it.
record RunSeen(
    OpenLoad load,
    FaultDrive drive,
    MemberWatch watch,
    MemberPolls polls,
    MemberServers servers,
    RunClock clock,
    RunEnd end,
    Testimony testimony) {

  private static final Set<String> STOPPING =
      Set.of(FaultKind.KILL.word(), FaultKind.FULL_RESTART.word());

  /// How a run came to its end.
  ///
  /// @param micros when
  /// @param isAllThere whether every member served again
  /// @param failure why the run could not go on; empty if it could
  /// @param clientFailure why a client could not go on; empty if all could
  record RunEnd(long micros, boolean isAllThere, String failure, String clientFailure) {

    static final RunEnd NONE = new RunEnd(0, false, "it has not begun", "");
  }

  List<FaultSpan> faults() {
    return Stream.concat(drive.spans().stream(), watch.spans(end.micros()).stream())
        .sorted(Comparator.comparingLong(FaultSpan::from))
        .toList();
  }

  List<OwnerSpan> owners(Set<String> partitions) {
    return polls.owners(end.micros()).stream()
        .filter(span -> partitions.contains(span.partition()))
        .toList();
  }

  List<Takeover> takeovers(Set<String> partitions, List<MemberLogLine> lines) {
    var addresses =
        servers.everybody().stream()
            .collect(Collectors.toMap(MemberServer::name, MemberServer::address));
    return new TakeoverTable(lines, addresses, watch.losses(), clock.began().toEpochMilli())
        .of(partitions::contains);
  }

  Evidence evidence(List<MemberLogLine> lines) {
    return new Evidence(load.histories(), killings(), lines, testimony);
  }

  /// When everybody who was there was killed or stopped at once, by the clock of clients.
  private List<Long> killings() {
    var names = servers.all().stream().map(MemberServer::name).collect(Collectors.toSet());
    return drive.spans().stream()
        .filter(span -> STOPPING.contains(span.kind()))
        .filter(span -> Set.of(span.target().split(", ")).containsAll(names))
        .map(span -> clock.nanos(span.from()))
        .toList();
  }

  /// Who and what does not serve.
  String missing() {
    var members =
        servers.all().stream()
            .filter(member -> !member.isAlive() || !polls.isReady(member.name()))
            .map(MemberServer::name);
    var partitions =
        polls.holdings().entrySet().stream()
            .filter(entry -> !entry.getValue().serving())
            .map(Map.Entry::getKey);
    return "not serving: " + Stream.concat(members, partitions).collect(Collectors.joining(", "));
  }

  /// Of all members' logs.
  List<MemberLogLine> lines() {
    return servers.everybody().stream().flatMap(member -> lines(member).stream()).toList();
  }

  private static List<MemberLogLine> lines(MemberServer member) {
    try (var log = Files.newBufferedReader(member.logFile(), StandardCharsets.UTF_8)) {
      return MemberLogLine.of(member.name(), log.lines()).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
