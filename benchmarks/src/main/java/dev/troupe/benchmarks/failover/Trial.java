package dev.troupe.benchmarks.failover;

import dev.troupe.testkit.audit.Audit;
import dev.troupe.testkit.audit.Violation;
import dev.troupe.testkit.load.AskedServer;
import dev.troupe.testkit.load.Impact;
import dev.troupe.testkit.load.LoadSettings;
import dev.troupe.testkit.load.OpenLoad;
import dev.troupe.testkit.members.MemberServer;
import dev.troupe.testkit.members.MemberServers;
import dev.troupe.testkit.members.Premises;
import dev.troupe.testkit.process.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One incident under load, from before it until all members are there again.
final class Trial {

  /// @param impact on what others than the victim were asked
  /// @param controllersNanos after which controllers did something new
  /// @param failedLater how many requests failed after that, until all members were there again, by
  ///   their faults
  /// @param violations of what the API promises
  record Finding(
      Impact impact,
      long controllersNanos,
      Map<String, Integer> failedLater,
      List<Violation> violations) {

    long failed() {
      return sum(impact.failed().values())
          + sum(impact.failedLists().values())
          + sum(failedLater.values());
    }

    long failedOfVictim() {
      return sum(impact.failedOfVictim().values());
    }

    long longestUnavailable() {
      return impact.unavailable().values().stream().mapToLong(nanos -> nanos).max().orElse(0);
    }

    List<String> lines() {
      var lines = new ArrayList<>(impact.lines());
      lines.add("controllers acted after " + controllersNanos / 1_000_000 + " ms");
      lines.add("failed later, until all were there again " + failedLater);
      return lines;
    }

    private static long sum(Iterable<Integer> counts) {
      long sum = 0;
      for (int count : counts) {
        sum += count;
      }
      return sum;
    }
  }

  private static final String COLLECTION = "configmaps";
  private static final Duration WARM = Duration.ofSeconds(3);
  private static final Duration BEHIND = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// How long a member is frozen or cut off.
  private static final Duration SILENT = Duration.ofSeconds(20);

  /// How long PostgreSQL is away, and for how much of that reads need not know whether it is there.
  private static final Duration AWAY = Duration.ofMinutes(1);

  private static final Duration LEASED = Duration.ofSeconds(9);

  /// The endpoint that is nobody's.
  private static final int NOBODY = -1;

  private final Premises premises;
  private final MemberServers servers;
  private final List<AskedServer> asked;
  private final String name;
  private final int writesPerSecond;

  /// @param name of the trial, which no other has on these servers
  Trial(
      Premises premises,
      MemberServers servers,
      List<AskedServer> asked,
      String name,
      int writesPerSecond) {
    this.premises = premises;
    this.servers = servers;
    this.asked = asked;
    this.name = name;
    this.writesPerSecond = writesPerSecond;
  }

  Finding run(Incident incident) throws InterruptedException {
    var settings =
        new LoadSettings(
            name,
            LoadSettings.spread(servers.partitions(COLLECTION)),
            writesPerSecond,
            writesPerSecond / 3,
            Duration.ofMillis(250));
    try (var load = OpenLoad.start(asked, settings)) {
      Thread.sleep(WARM);
      var finding =
          switch (incident) {
            case rolling -> rolling(load);
            case database -> outage(load);
            case kill, coordinator, freeze, cut, leave -> single(load, incident);
          };
      load.end();
      return new Finding(
          finding.impact(),
          finding.controllersNanos(),
          finding.failedLater(),
          Audit.of(load.history()));
    }
  }

  private Finding single(OpenLoad load, Incident incident) throws InterruptedException {
    var victim = incident == Incident.coordinator ? servers.oldest() : anybody();
    var owned = owned(victim);
    long since = System.nanoTime();
    happen(incident, victim);
    var controllers = new ControllerProbe(survivor(victim).api(), name).start(since);
    awaitWritable(load, endpoint(victim), owned, since);
    Thread.sleep(BEHIND);
    var impact = impact(load, endpoint(victim), owned, since);
    long behind = System.nanoTime();
    end(incident, victim, since);
    servers.restart(victim);
    servers.awaitSpread(COLLECTION);
    Thread.sleep(BEHIND);
    return new Finding(impact, join(controllers), failedBehind(load, behind, victim), List.of());
  }

  private void happen(Incident incident, MemberServer victim) {
    switch (incident) {
      case kill, coordinator -> victim.kill();
      case freeze -> victim.freeze();
      case cut -> servers.cutFromOthers(victim);
      case leave -> victim.leave();
      case rolling, database -> throw new IllegalArgumentException("it happens to all");
    }
  }

  private void end(Incident incident, MemberServer victim, long since) throws InterruptedException {
    if (incident == Incident.freeze || incident == Incident.cut) {
      long left = since + SILENT.toNanos() - System.nanoTime();
      Thread.sleep(Duration.ofNanos(Math.max(0, left)));
    }
    if (incident == Incident.freeze) {
      victim.thaw();
    }
    servers.network().heal();
    victim.awaitEnd();
  }

  private Finding rolling(OpenLoad load) throws InterruptedException {
    long since = System.nanoTime();
    // Whoever leaves first could not be asked.
    var controllers = new ControllerProbe(servers.all().getLast().api(), name).start(since);
    for (var member : servers.all()) {
      member.leave();
      member.awaitEnd();
      servers.restart(member);
      servers.awaitSpread(COLLECTION);
    }
    Thread.sleep(BEHIND);
    var all = new TreeSet<>(servers.owners().keySet());
    var impact = Impact.of(load.requests(), load.sightings(), since, NOBODY, all);
    return new Finding(impact, join(controllers), Map.of(), List.of());
  }

  /// @return counted from when PostgreSQL is back; later failed what was read within the lease
  private Finding outage(OpenLoad load) throws InterruptedException {
    var all = servers.owners().keySet();
    var lives = lives();
    long gone = System.nanoTime();
    premises.stopDatabase();
    Thread.sleep(AWAY);
    premises.startDatabase();
    long back = System.nanoTime();
    var controllers = new ControllerProbe(servers.get(1).api(), name).start(back);
    awaitWritable(load, NOBODY, all, back);
    Thread.sleep(BEHIND);
    if (!lives.equals(lives())) {
      throw new IllegalStateException("a member has ended for want of the database");
    }
    var read =
        Impact.faults(
            load.requests(),
            request ->
                request.client().startsWith("read")
                    && request.start() > gone
                    && request.start() < gone + LEASED.toNanos());
    return new Finding(impact(load, NOBODY, all, back), join(controllers), read, List.of());
  }

  private List<Long> lives() {
    return servers.all().stream().filter(MemberServer::isAlive).map(MemberServer::pid).toList();
  }

  private MemberServer anybody() {
    return servers.all().stream()
        .filter(member -> member != servers.oldest() && !owned(member).isEmpty())
        .findAny()
        .orElseThrow(() -> new IllegalStateException("only one member has anything"));
  }

  private MemberServer survivor(MemberServer victim) {
    return servers.all().stream().filter(member -> member != victim).findFirst().orElseThrow();
  }

  private Set<String> owned(MemberServer member) {
    var owned = servers.ownedBy(member);
    owned.removeIf(partition -> !partition.startsWith(COLLECTION + "#"));
    return owned;
  }

  private static Impact impact(OpenLoad load, int endpoint, Set<String> owned, long since) {
    return Impact.of(load.requests(), load.sightings(), since, endpoint, owned);
  }

  private static int endpoint(MemberServer member) {
    return member.number() - 1;
  }

  private static void awaitWritable(OpenLoad load, int endpoint, Set<String> owned, long since)
      throws InterruptedException {
    Impact impact;
    do {
      Thread.sleep(Duration.ofMillis(200));
      impact = impact(load, endpoint, owned, since);
      if (System.nanoTime() - since > PATIENCE.toNanos()) {
        throw new IllegalStateException("what is to be written again is not: " + impact.lines());
      }
    } while (impact.writable() < 0);
  }

  private static Map<String, Integer> failedBehind(OpenLoad load, long nanos, MemberServer victim) {
    return Impact.faults(
        load.requests(),
        request -> request.start() > nanos && request.through() != endpoint(victim));
  }

  private static long join(CompletableFuture<Long> controllers) {
    return controllers.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /// Each member's endpoint, over one connection.
  static List<AskedServer> asked(MemberServers servers) {
    return OpenLoad.servers(
        servers.all().stream().map(member -> Api.overOneConnection(member.kubeconfig())).toList());
  }
}
