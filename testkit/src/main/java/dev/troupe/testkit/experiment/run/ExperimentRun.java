package dev.troupe.testkit.experiment.run;

import dev.troupe.testkit.experiment.fault.FaultNeed;
import dev.troupe.testkit.experiment.guest.GuestRun;
import dev.troupe.testkit.experiment.observer.MemberPolls;
import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import dev.troupe.testkit.experiment.plan.Workload;
import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.schedule.FaultSchedule;
import dev.troupe.testkit.experiment.witness.RunWitnesses;
import dev.troupe.testkit.load.AskedServer;
import dev.troupe.testkit.load.LoadSettings;
import dev.troupe.testkit.load.OpenLoad;
import dev.troupe.testkit.members.MemberServer;
import dev.troupe.testkit.members.MemberServers;
import dev.troupe.testkit.members.NamespaceNetwork;
import dev.troupe.testkit.members.machine.DiskThrottle;
import dev.troupe.testkit.members.machine.MemoryGroups;
import dev.troupe.testkit.members.machine.OwnDisk;
import dev.troupe.testkit.process.ApiCalls;
import dev.troupe.testkit.process.CpuShares;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// One run of an experiment: members are started and put under load, everything that the schedule
/// says is done to them and undone, and what clients saw is held against what must hold. Whatever
/// was started is ended when it is over.
public final class ExperimentRun {

  /// The collection that clients ask for.
  static final String COLLECTION = "configmaps";

  private static final String LEASES = "leases.coordination.k8s.io";
  private static final String DEPLOYMENTS = "deployments.apps";

  /// Over how many namespaces objects are spread whose workload does not say it.
  private static final int SPREAD = 12;

  private static final Duration LIST_EVERY = Duration.ofMillis(500);

  private static final Duration REST = Duration.ofSeconds(4);
  private static final Duration RESTLESS = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final ExperimentPlan plan;
  private final FaultSchedule schedule;
  private final RunMeans means;
  private final String command;
  private final RunSite site;
  private volatile boolean stopped;

  private ExperimentRun(
      ExperimentPlan plan, FaultSchedule schedule, RunMeans means, String command, RunSite site) {
    this.plan = plan;
    this.schedule = schedule;
    this.means = means;
    this.command = command;
    this.site = site;
  }

  /// Looks whether it can be carried out here, and starts nothing.
  ///
  /// @param command repeats the run, with its seed
  /// @throws RefusedExperiment if it cannot
  public static ExperimentRun of(ExperimentPlan plan, long seed, String command, RunSite site) {
    var schedule = FaultSchedule.of(plan, seed);
    return new ExperimentRun(
        plan, schedule, RunMeans.of(plan, need -> obstacle(need, plan)), command, site);
  }

  private static String obstacle(FaultNeed need, ExperimentPlan plan) {
    return switch (need) {
      case NAMESPACES -> NamespaceNetwork.obstacle();
      case PACKET_FILTERS -> NamespaceNetwork.obstacleToLoss();
      case CGROUPS -> RunStage.obstacleTo(CpuShares::below);
      case MEMORY_GROUPS -> RunStage.obstacleTo(MemoryGroups::below);
      case DISK_GROUPS -> RunStage.obstacleTo(DiskThrottle::below);
      case OWN_DISK -> OwnDisk.obstacle();
      case OLDER_BUILD -> obstacleToBuild(plan.topology().olderBuild());
      case PROXY, OWN_DATABASE, STANDBY, OWN_CLOCK -> "";
    };
  }

  private static String obstacleToBuild(String directory) {
    if (directory.isEmpty()) {
      return "members.older-build does not say where one is";
    }
    return Files.isDirectory(Path.of(directory, "lib"))
        ? ""
        : "%s holds no build: it has no directory lib".formatted(directory);
  }

  /// What will happen.
  public FaultSchedule schedule() {
    return schedule;
  }

  /// Lets it come to its end soon: what lasts is undone, what was seen is recorded. It may be
  /// called at any time, by any thread.
  public void stop() {
    stopped = true;
  }

  /// Carries it out, once.
  ///
  /// @throws RefusedExperiment if another run is on its way there
  /// @throws IllegalStateException if it cannot begin; says why
  public ExperimentRecord run() {
    var stage = RunStage.open(site, plan.topology(), means, schedule.seed());
    try {
      return on(stage);
    } finally {
      end(stage);
    }
  }

  private void end(RunStage stage) {
    try {
      stage.close();
    } catch (RuntimeException failure) {
      site.progress()
          .accept(
              "not all that was started could be ended; the next run tries it again: " + failure);
    }
  }

  private ExperimentRecord on(RunStage stage) {
    var servers = stage.servers();
    if (servers.partitions(COLLECTION) >= servers.all().size()) {
      servers.awaitSpread(COLLECTION);
    }
    awaitRest(servers);
    var guest = GuestRun.begin(site.guest().work(), () -> kubeconfigs(servers), System::nanoTime);
    try {
      return under(stage, guest);
    } finally {
      guest.end();
    }
  }

  private static List<Path> kubeconfigs(MemberServers servers) {
    return servers.all().stream().map(MemberServer::kubeconfig).toList();
  }

  private ExperimentRecord under(RunStage stage, GuestRun guest) {
    var servers = stage.servers();
    var namespaces = LoadSettings.spread(servers.partitions(COLLECTION));
    try (var load = OpenLoad.start(asked(stage), settings(namespaces))) {
      ask(load, namespaces, servers);
      var clock = new RunClock(System.nanoTime(), System::nanoTime, site.clock().instant());
      try (var polls = new MemberPolls(clock::micros);
          var witnesses = witnesses(servers)) {
        servers.all().forEach(member -> polls.add(RunningExperiment.asked(member)));
        var running = new RunningExperiment(plan, schedule, means, site, stage, load, polls, clock);
        running.carryOut(() -> stopped);
        var verdict =
            guest.verdict(plan.topology().startsWithin(), () -> stopped || running.hasFailed());
        var record = running.record(command, namespaces, witnesses, stopped);
        return verdict.map(record::and).orElse(record);
      }
    }
  }

  private static RunWitnesses witnesses(MemberServers servers) {
    return new RunWitnesses(
        servers.all().stream().<ApiCalls>map(MemberServer::api).toList(),
        () ->
            servers.all().stream()
                .filter(MemberServer::isAlive)
                .collect(Collectors.toMap(MemberServer::name, MemberServer::pid)),
        System::nanoTime);
  }

  /// Until nothing has moved between members for a while, or it takes too long: what a fault does
  /// to what is on its way is another experiment.
  private static void awaitRest(MemberServers servers) {
    long began = System.nanoTime();
    long since = began;
    var last = servers.owners();
    while (System.nanoTime() - since < REST.toNanos()
        && System.nanoTime() - began < RESTLESS.toNanos()) {
      LockSupport.parkNanos(LOOK.toNanos());
      var next = servers.owners();
      if (!next.equals(last)) {
        last = next;
        since = System.nanoTime();
      }
    }
  }

  /// What clients ask beside the steady writes and reads.
  private void ask(OpenLoad load, List<LoadSettings.Namespace> namespaces, MemberServers servers) {
    var random = new Random(schedule.seed());
    for (int i = 0; i < plan.workload().size(); i++) {
      int partitions = namespaces.size();
      switch (plan.workload().get(i)) {
        case Workload.Steady _ -> {}
        case Workload.HotObject(int perSecond, int clients) ->
            load.contend(namespaces.get(i % partitions), clients, perSecond);
        case Workload.Crud(int perSecond, int clients, int count, int objects) ->
            load.mix(
                LoadSettings.many("crud-" + i, count, partitions),
                objects,
                clients,
                perSecond,
                random);
        case Workload.ManyNamespaces(int perSecond, int clients, int count) ->
            load.walk(LoadSettings.many("walk-" + i, count, partitions), clients, perSecond);
        case Workload.Informers(int clients, var every) -> load.reconnect(clients, every);
        case Workload.ListWatch(int clients, var every) -> load.listAndWatch(clients, every);
        case Workload.Deployments(int objects, var every) ->
            load.deploy(namespaces(servers, DEPLOYMENTS, "deployments-" + i), objects, every);
        case Workload.Leases(int clients, var every) ->
            load.renew(namespaces(servers, LEASES, "leases-" + i), clients, every, site.clock());
      }
    }
  }

  /// For objects of a collection.
  private static List<LoadSettings.Namespace> namespaces(
      MemberServers servers, String collection, String name) {
    return LoadSettings.of(collection, name, SPREAD, servers.partitions(collection));
  }

  private static List<AskedServer> asked(RunStage stage) {
    return OpenLoad.servers(stage.servers().all().stream().map(stage::asked).toList());
  }

  private LoadSettings settings(List<LoadSettings.Namespace> namespaces) {
    int perSecond =
        plan.workload().stream()
            .mapToInt(one -> one instanceof Workload.Steady(int each) ? each : 0)
            .sum();
    return new LoadSettings("load", namespaces, perSecond, perSecond, LIST_EVERY);
  }
}
