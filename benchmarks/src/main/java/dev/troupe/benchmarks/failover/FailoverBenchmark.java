package dev.troupe.benchmarks.failover;

import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Spread;
import dev.troupe.clusterconfig.premises.LocalPremises;
import dev.troupe.testkit.members.LoopbackNetwork;
import dev.troupe.testkit.members.MemberNetwork;
import dev.troupe.testkit.members.MemberServers;
import dev.troupe.testkit.members.NamespaceNetwork;
import dev.troupe.testkit.members.Premises;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// Trials of each incident on one cluster of three members, one after the other.
public final class FailoverBenchmark {

  private static final int MEMBERS = 3;

  /// @param writesPerSecond of clients of all members together
  public record Settings(List<Incident> incidents, int trials, int writesPerSecond) {

    public Settings {
      incidents = List.copyOf(incidents);
    }

    private boolean needsNamespaces() {
      return incidents.stream().anyMatch(Incident::needsNamespaces);
    }

    /// @param obstacle why there can be no network namespaces here; empty if there can
    /// @throws UnsupportedOperationException if one of the incidents cannot happen without
    void requirePossible(Supplier<String> obstacle) {
      var refused = needsNamespaces() ? obstacle.get() : "";
      if (!refused.isEmpty()) {
        throw new UnsupportedOperationException(
            "members cannot be cut off from each other here, as they can have no network"
                + " namespaces: run this as root on Linux, with ip of iproute2, or leave out cut ("
                + refused
                + ")");
      }
    }

    /// As it is for most users, unless somebody is cut off.
    private MemberNetwork network(Premises premises) {
      return needsNamespaces()
          ? NamespaceNetwork.of(MEMBERS, premises.storeUrl())
          : new LoopbackNetwork();
    }
  }

  private final Settings settings;
  private final PrintWriter progress;
  private final Premises premises;
  private final MemberServers servers;
  private final Report report = new Report();

  private FailoverBenchmark(
      Settings settings, PrintWriter progress, Premises premises, MemberServers servers) {
    this.settings = settings;
    this.progress = progress;
    this.premises = premises;
    this.servers = servers;
  }

  /// @throws UnsupportedOperationException if one of the incidents cannot happen here
  public static Report run(Path directory, Settings settings, PrintWriter progress) {
    settings.requirePossible(NamespaceNetwork::obstacle);
    try (var premises = LocalPremises.open(directory, InstantSource.system(), new SecureRandom());
        var servers =
            MemberServers.startByAge(MEMBERS, premises, settings.network(premises), List.of())) {
      servers.awaitSpread("configmaps");
      var benchmark = new FailoverBenchmark(settings, progress, premises, servers);
      settings.incidents().forEach(benchmark::measure);
      return benchmark.report;
    }
  }

  private void measure(Incident incident) {
    var findings = new ArrayList<Trial.Finding>();
    var asked = Trial.asked(servers);
    for (int trial = 1; trial <= settings.trials(); trial++) {
      var name = incident + "-" + trial;
      try {
        var finding =
            new Trial(premises, servers, asked, name, settings.writesPerSecond()).run(incident);
        findings.add(finding);
        progress.println(name + ": " + String.join("; ", finding.lines()));
        finding.violations().forEach(violation -> progress.println(name + ": " + violation));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    row(incident, findings);
  }

  private void row(Incident incident, List<Trial.Finding> findings) {
    var row = report.row().put("incident", incident.toString()).put("trials", findings.size());
    put(row, "writable again ms", findings, finding -> finding.impact().writable());
    put(row, "longest wait ms", findings, Trial.Finding::longestUnavailable);
    row.put("failed elsewhere", findings.stream().mapToLong(Trial.Finding::failed).sum());
    row.put(
        "failed of the victim's", findings.stream().mapToLong(Trial.Finding::failedOfVictim).sum());
    put(row, "list stall ms", findings, finding -> finding.impact().listStall());
    put(row, "watch stall ms", findings, finding -> finding.impact().watchStall());
    put(row, "controllers act ms", findings, Trial.Finding::controllersNanos);
    row.put("broken promises", findings.stream().mapToLong(one -> one.violations().size()).sum());
  }

  private static void put(
      Report.Row row,
      String column,
      List<Trial.Finding> findings,
      ToLongFunction<Trial.Finding> nanos) {
    row.put(
        column,
        Spread.of(findings.stream().mapToDouble(f -> nanos.applyAsLong(f) / 1e6).toArray()));
  }
}
