package dev.troupe.testkit.experiment.run;

import dev.troupe.testkit.experiment.observer.MemberLogLine;
import dev.troupe.testkit.experiment.plan.DurationRange;
import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import dev.troupe.testkit.experiment.record.LeftOut;
import dev.troupe.testkit.experiment.record.PartitionShare;
import dev.troupe.testkit.experiment.record.RequestLog;
import dev.troupe.testkit.experiment.record.RunDescription;
import dev.troupe.testkit.experiment.record.WatcherRecord;
import dev.troupe.testkit.experiment.schedule.FaultSchedule;
import dev.troupe.testkit.experiment.verdict.InvariantVerdicts;
import dev.troupe.testkit.load.DueRequest;
import dev.troupe.testkit.load.LoadSettings;
import dev.troupe.testkit.load.Sightings;
import dev.troupe.testkit.members.MemberServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Says in the words of a record what was seen of a run.
final class RunRecord {

  /// Who waits for longer for what others have at once calls it unavailable.
  private static final Duration BOUND = Duration.ofMillis(500);

  private static final Map<String, String> VERBS =
      Map.of(
          "write", "patch",
          "read", "get",
          "contend", "get and put",
          "walk", "patch and get",
          "lease", "put",
          "deploy", "patch",
          "look", "get",
          "mix", "all verbs");

  private static final List<String> NOT_REPRODUCIBLE =
      List.of(
          "how long members and database take for what they do, and so which requests fail and how"
              + " long each waits",
          "who owns a partition, leads, or has the coordinator when a fault aims at whoever does",
          "in which order clients that write at the same time are heard");

  private final ExperimentPlan plan;
  private final FaultSchedule schedule;
  private final RunMeans means;
  private final RunSite site;
  private final RunSeen seen;

  RunRecord(
      ExperimentPlan plan, FaultSchedule schedule, RunMeans means, RunSite site, RunSeen seen) {
    this.plan = plan;
    this.schedule = schedule;
    this.means = means;
    this.site = site;
    this.seen = seen;
  }

  /// @param command repeats the run
  ExperimentRecord of(String command, List<LoadSettings.Namespace> namespaces, boolean stopped) {
    var partitions =
        Stream.concat(
                namespaces.stream().map(LoadSettings.Namespace::partition),
                seen.load().requests().stream().map(DueRequest::subject))
            .filter(partition -> !partition.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    var lines = seen.lines();
    var requests = requests();
    var leftOut = leftOut(requests);
    boolean interrupted = stopped || !seen.end().failure().isEmpty();
    var verdicts = verdicts(lines, leftOut, interrupted);
    return new ExperimentRecord(
        description(command, interrupted),
        shares(namespaces),
        requests.table(),
        watchers(),
        seen.faults(),
        seen.owners(partitions),
        seen.takeovers(partitions, lines),
        verdicts,
        leftOut,
        NOT_REPRODUCIBLE);
  }

  private RunDescription description(String command, boolean interrupted) {
    return new RunDescription(
        plan.name(),
        plan.shows(),
        schedule.seed(),
        command,
        seen.clock().began(),
        Math.max(1, seen.end().micros()),
        site.machine(),
        seen.servers().everybody().stream().map(MemberServer::name).toList(),
        BOUND.toNanos() / 1_000,
        interrupted);
  }

  /// Each partition holds an object for each member that clients ask.
  private List<PartitionShare> shares(List<LoadSettings.Namespace> namespaces) {
    return namespaces.stream()
        .map(namespace -> new PartitionShare(namespace.partition(), plan.topology().members()))
        .toList();
  }

  private RequestLog requests() {
    var log = new RequestLog();
    for (var request : seen.load().requests()) {
      var words = request.client().split(" ", 2);
      log.add(
          words[1],
          VERBS.getOrDefault(words[0], words[0]),
          request.subject(),
          request.through(),
          seen.clock().micros(request.due()),
          seen.clock().micros(request.start()),
          seen.clock().micros(request.end()),
          request.fault());
    }
    return log;
  }

  private List<WatcherRecord> watchers() {
    long end = seen.end().micros();
    var all = seen.load().sightings();
    return IntStream.range(0, all.size())
        .mapToObj(i -> watcher("watcher " + (i + 1), all.get(i), end))
        .toList();
  }

  private WatcherRecord watcher(String name, Sightings watcher, long end) {
    var times =
        watcher.times().stream()
            .map(seen.clock()::micros)
            .filter(time -> time >= 0 && time <= end)
            .toList();
    return WatcherRecord.of(
        name, watcher.endpoint(), watcher.watches(), times, end, watcher.faults());
  }

  private List<LeftOut> leftOut(RequestLog requests) {
    var leftOut = new ArrayList<>(means.leftOut());
    leftOut.addAll(seen.drive().leftOut());
    if (requests.dropped() > 0) {
      leftOut.add(new LeftOut(requests.dropped() + " requests", "there were too many"));
    }
    if (!seen.end().failure().isEmpty()) {
      leftOut.add(new LeftOut("the rest of the run", seen.end().failure()));
    }
    return leftOut;
  }

  private List<InvariantVerdict> verdicts(
      List<MemberLogLine> lines, List<LeftOut> leftOut, boolean interrupted) {
    var verdicts = new ArrayList<>(invariants(lines, leftOut));
    verdicts.addAll(
        new BoundVerdicts(
                seen.load().requests(),
                seen.load().sightings(),
                new Waits(seen.drive().blackouts()),
                seen.clock(),
                seen.end().micros())
            .of(plan.mustHold()));
    if (plan.mustHold().controllersActWithin() != null) {
      leftOut.add(
          new LeftOut(
              "controllers-act-within", "no workload of this run has work for controllers"));
    }
    verdicts.add(goOn());
    if (!interrupted) {
      verdicts.add(allThere());
    }
    return verdicts;
  }

  /// Those that nothing can be said of are left out.
  private List<InvariantVerdict> invariants(List<MemberLogLine> lines, List<LeftOut> leftOut) {
    var all = new InvariantVerdicts(seen.evidence(lines));
    var verdicts = new ArrayList<InvariantVerdict>();
    for (var invariant : plan.mustHold().invariants()) {
      all.of(invariant)
          .ifPresentOrElse(
              verdicts::add,
              () ->
                  leftOut.add(
                      new LeftOut(invariant.word(), "nothing in this run tells whether it holds")));
    }
    return verdicts;
  }

  private InvariantVerdict goOn() {
    var failure = seen.end().clientFailure();
    return verdict(
        "clients-go-on",
        "no client is told what it cannot go on from",
        seen.load().sightings().size(),
        failure.isEmpty() ? List.of() : List.of(failure));
  }

  private InvariantVerdict allThere() {
    return verdict(
        "members-return",
        "every member and every partition serves again within %s of the last fault"
            .formatted(DurationRange.text(plan.topology().startsWithin())),
        seen.servers().all().size(),
        seen.end().isAllThere() ? List.of() : List.of(seen.missing()));
  }

  private static InvariantVerdict verdict(
      String word, String sentence, long checked, List<String> offences) {
    return InvariantVerdict.of(
        word,
        sentence,
        checked,
        offences.stream().map(what -> new Offence(what, List.of())).toList());
  }
}
