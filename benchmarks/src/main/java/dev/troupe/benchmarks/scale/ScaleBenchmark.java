package dev.troupe.benchmarks.scale;

import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.load.Disk;
import dev.troupe.benchmarks.load.LoadResult;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Rounds;
import dev.troupe.benchmarks.report.Spread;
import dev.troupe.clusterconfig.premises.LocalPremises;
import dev.troupe.testkit.load.LoadSettings;
import dev.troupe.testkit.members.LoopbackNetwork;
import dev.troupe.testkit.members.MemberServers;
import dev.troupe.testkit.process.CpuShares;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Creates through all members of a cluster, of one and of three, each of which has the same share
/// of the processors. The database and the clients have what is left.
public final class ScaleBenchmark {

  /// With its share only, before anything counts.
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private static final String COLLECTION = "configmaps";

  /// @param members a row for each number
  /// @param cores of each member
  /// @param connections to each member
  /// @param warmUp for which all may take what there is, so that what is measured is not the
  ///   compiler's work
  public record Settings(
      List<Integer> members, double cores, int connections, Duration warmUp, Rounds rounds) {

    public Settings {
      members = List.copyOf(members);
    }
  }

  private final Path directory;
  private final Settings settings;
  private final CpuShares shares;
  private final PrintWriter progress;

  private ScaleBenchmark(
      Path directory, Settings settings, CpuShares shares, PrintWriter progress) {
    this.directory = directory;
    this.settings = settings;
    this.shares = shares;
    this.progress = progress;
  }

  /// @param groups where control groups are
  /// @throws UnsupportedOperationException where shares of processors cannot be fixed
  public static Report run(Path directory, Path groups, Settings settings, PrintWriter progress) {
    try (var shares = CpuShares.below(groups)) {
      return new ScaleBenchmark(directory, settings, shares, progress).report();
    }
  }

  private Report report() {
    var report = new Report();
    double first = Double.NaN;
    for (int members : settings.members()) {
      var rounds = measure(members);
      var results = rounds.stream().map(Round::result).toList();
      var creates = spread(results);
      first = Double.isNaN(first) ? creates.median() : first;
      report
          .row()
          .put("members", members)
          .put("cores each", settings.cores())
          .put("used", Spread.of(rounds.stream().mapToDouble(Round::coresUsed).toArray()).median())
          .put("creates/s", creates)
          .put("× the first", creates.median() / first)
          .put(
              "p99 ms",
              Spread.of(results.stream().mapToDouble(LoadResult::p99Millis).toArray()).median());
    }
    return report;
  }

  private static Spread spread(List<LoadResult> results) {
    return Spread.of(results.stream().mapToDouble(LoadResult::perSecond).toArray());
  }

  /// @param coresUsed by each member, as far as it took its share
  private record Round(LoadResult result, double coresUsed) {}

  private List<Round> measure(int count) {
    var below = directory.resolve("members-" + count);
    try (var premises = LocalPremises.open(below, InstantSource.system(), new SecureRandom());
        var servers = MemberServers.start(count, premises, new LoopbackNetwork(), List.of())) {
      servers.awaitSpread(COLLECTION);
      var namespaces = namespaces(servers);
      run(servers, namespaces, "warm", settings.warmUp(), true, below);
      servers.all().forEach(member -> shares.give(member.pid(), settings.cores()));
      run(servers, namespaces, "settle", SETTLE, false, below);
      var rounds = new ArrayList<Round>();
      for (int round = 1; round <= settings.rounds().count(); round++) {
        var before = processorTime(servers);
        var length = settings.rounds().length();
        var result = run(servers, namespaces, "r" + round, length, false, below);
        progress.println(count + " members: " + Math.round(result.perSecond()) + " creates/s");
        var used = processorTime(servers).minus(before).dividedBy(count).toNanos();
        rounds.add(new Round(result, (double) used / length.toNanos()));
      }
      return rounds;
    }
  }

  /// Of all together.
  private static Duration processorTime(MemberServers servers) {
    return servers.all().stream()
        .map(member -> ProcessHandle.of(member.pid()).orElseThrow().info())
        .map(process -> process.totalCpuDuration().orElseThrow())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static List<String> namespaces(MemberServers servers) {
    var names =
        LoadSettings.spread(servers.partitions(COLLECTION)).stream()
            .map(LoadSettings.Namespace::name)
            .toList();
    for (var name : names) {
      var answer =
          servers
              .get(1)
              .api()
              .post(
                  "/api/v1/namespaces",
                  "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
                      .formatted(name));
      if (answer.code() != 201) {
        throw new IllegalStateException("no namespace: " + answer);
      }
    }
    return names;
  }

  private LoadResult run(
      MemberServers servers,
      List<String> namespaces,
      String prefix,
      Duration length,
      boolean isUndone,
      Path below) {
    try (var target =
        new SpreadCreates(servers.all(), settings.connections(), namespaces, prefix, isUndone)) {
      int writers = settings.connections() * servers.all().size();
      return ClosedLoop.run(target, writers, length, Disk.below(below));
    }
  }
}
