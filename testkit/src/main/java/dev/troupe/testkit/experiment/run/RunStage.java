package dev.troupe.testkit.experiment.run;

import dev.troupe.testkit.clock.MemberClocks;
import dev.troupe.testkit.experiment.database.DatabaseDisk;
import dev.troupe.testkit.experiment.database.DatabaseSite;
import dev.troupe.testkit.experiment.fault.FaultNeed;
import dev.troupe.testkit.experiment.fault.NetworkRoute;
import dev.troupe.testkit.experiment.inventory.RunInventory;
import dev.troupe.testkit.experiment.observer.MemberLogLine;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import dev.troupe.testkit.experiment.plan.Topology;
import dev.troupe.testkit.members.ApartNetwork;
import dev.troupe.testkit.members.LoopbackNetwork;
import dev.troupe.testkit.members.MemberLink;
import dev.troupe.testkit.members.MemberLinks;
import dev.troupe.testkit.members.MemberNetwork;
import dev.troupe.testkit.members.MemberServer;
import dev.troupe.testkit.members.MemberServers;
import dev.troupe.testkit.members.NamespaceNetwork;
import dev.troupe.testkit.members.Premises;
import dev.troupe.testkit.members.StoreLinks;
import dev.troupe.testkit.members.machine.DiskThrottle;
import dev.troupe.testkit.members.machine.MemoryGroups;
import dev.troupe.testkit.members.machine.OwnDisk;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.CpuShares;
import dev.troupe.testkit.proxy.FaultProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// All that is set up for one run; whoever closes it ends everything.
final class RunStage implements AutoCloseable {

  /// As many may join beside those that are there from the beginning.
  private static final int MOST_JOIN = 3;

  /// For how long a client waits for an answer before it turns to another member.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Path GROUPS = Path.of("/sys/fs/cgroup");

  private static final String HEAP = "-Xmx";
  private static final String STANDARD_HEAP = "-Xmx512m";

  private final RunInventory inventory;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final DatabaseSite database;
  private final Optional<CpuShares> shares;
  private final Optional<MemoryGroups> memory;
  private final Optional<MemberClocks> clocks;
  private final MemberLinks members;
  private final StoreLinks store;
  private final Map<Integer, FaultProxy> clients = new TreeMap<>();
  private final boolean areClientsLinked;
  private final long seed;
  private final MemberServers servers;

  private RunStage(
      RunSite site, Topology topology, RunMeans means, long seed, RunInventory inventory) {
    this.inventory = inventory;
    this.areClientsLinked = means.links().contains(NetworkRoute.CLIENTS);
    this.seed = seed;
    try {
      inventory.clear();
      var word = expect(site, topology);
      var disk = disk(means, word);
      var premises = premises(site, means);
      this.database = new DatabaseSite(premises, inventory, word, disk, this::redirect);
      if (means.namespaces()) {
        inventory.expectNetworks();
      }
      this.shares =
          means.groups() ? Optional.of(groups(CpuShares.below(GROUPS))) : Optional.empty();
      this.memory = memory(means);
      this.clocks = clocks(site, means);
      this.members = new MemberLinks(seed);
      var network = network(means, topology, premises, members);
      this.store = new StoreLinks(network, seed);
      var used = keep(means.links().contains(NetworkRoute.STORE) ? store : network);
      var apart = new ApartNetwork(used, this::start, this::jvm);
      this.servers =
          keep(
              MemberServers.startByAge(
                  topology.members(),
                  premises,
                  apart,
                  new MemberServer.Program(site.guest().program(), options(topology))));
      inventory.look();
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /// Starts everything, and returns when all members are ready.
  ///
  /// @param seed of what chance decides on the links to the database
  /// @throws RefusedExperiment if another run is there
  static RunStage open(RunSite site, Topology topology, RunMeans means, long seed) {
    var inventory =
        RunInventory.take(site.directory(), site.progress())
            .orElseThrow(() ->
                new RefusedExperiment(
                    "another run is on its way in %s: wait for its end, or choose another directory with --output"
                        .formatted(site.directory())));
    return new RunStage(site, topology, means, seed, inventory);
  }

  /// @return the word of the database's command line
  private String expect(RunSite site, Topology topology) {
    var word = site.databaseWord().apply(site.directory());
    inventory.expect(word);
    for (int number = 1; number <= topology.members() + MOST_JOIN; number++) {
      inventory.expect(MemberServers.word(site.directory(), number));
    }
    return word;
  }

  private Premises premises(RunSite site, RunMeans means) {
    var premises = keep(site.premises().apply(site.directory()));
    if (means.met().contains(FaultNeed.STANDBY)) {
      inventory.expect(premises.standbyWord());
      premises.startStandby();
    }
    inventory.look();
    return premises;
  }

  private Optional<MemoryGroups> memory(RunMeans means) {
    if (!means.met().contains(FaultNeed.MEMORY_GROUPS)) {
      return Optional.empty();
    }
    var groups = keep(MemoryGroups.below(GROUPS));
    inventory.expectGroups(groups.parent());
    return Optional.of(groups);
  }

  private static Optional<MemberClocks> clocks(RunSite site, RunMeans means) {
    return means.met().contains(FaultNeed.OWN_CLOCK)
        ? Optional.of(MemberClocks.below(site.directory().resolve("clocks")))
        : Optional.empty();
  }

  private <T extends AutoCloseable> T keep(T one) {
    opened.push(one);
    return one;
  }

  private void redirect(String storeUrl) {
    store.redirect(storeUrl);
  }

  private CpuShares groups(CpuShares made) {
    inventory.expectGroups(made.parent());
    return keep(made);
  }

  /// What the command of a member begins with.
  private List<String> start(int member) {
    return memory.map(groups -> groups.start(member)).orElse(List.of());
  }

  /// What the JVM of a member is told as well.
  private List<String> jvm(int member) {
    return clocks.map(each -> each.options(member)).orElse(List.of());
  }

  /// @param word of the database's command line: the directory of its data
  private DatabaseDisk disk(RunMeans means, String word) {
    if (!means.met().contains(FaultNeed.OWN_DISK)) {
      return DatabaseDisk.NONE;
    }
    var files = Path.of(word, "..").normalize();
    inventory.expectMount(files);
    var disk = keep(OwnDisk.at(files.resolveSibling("disk"), files));
    if (!means.met().contains(FaultNeed.DISK_GROUPS)) {
      return new DatabaseDisk(Optional.of(disk), Optional.empty());
    }
    var throttle = keep(DiskThrottle.below(GROUPS));
    inventory.expectGroups(throttle.parent());
    return new DatabaseDisk(Optional.of(disk), Optional.of(throttle));
  }

  /// Why there can be no control groups of a kind here; empty if there can.
  static String obstacleTo(Function<Path, ? extends AutoCloseable> groups) {
    try {
      groups.apply(GROUPS).close();
      return "";
    } catch (UnsupportedOperationException refused) {
      return String.valueOf(refused.getMessage());
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static MemberNetwork network(
      RunMeans means, Topology topology, Premises premises, MemberLinks members) {
    if (means.namespaces()) {
      return NamespaceNetwork.of(topology.members() + MOST_JOIN, premises.storeUrl());
    }
    return means.links().contains(NetworkRoute.MEMBERS) ? members : new LoopbackNetwork();
  }

  private static List<String> options(Topology topology) {
    var options = new ArrayList<>(MemberLogLine.options());
    if (topology.jvm().stream().noneMatch(option -> option.startsWith(HEAP))) {
      options.add(STANDARD_HEAP);
    }
    options.addAll(topology.jvm());
    topology
        .partitions()
        .forEach((type, count) ->
            options.add("-Dtroupe.runtime.partitions.%s=%d".formatted(type, count)));
    return options;
  }

  RunInventory inventory() {
    return inventory;
  }

  DatabaseSite database() {
    return database;
  }

  /// Of the processors; empty where there can be none, or nobody needs them.
  Optional<CpuShares> shares() {
    return shares;
  }

  /// Of members; empty where it cannot be limited, or nobody needs that.
  Optional<MemoryGroups> memory() {
    return memory;
  }

  /// Of members; empty where nobody needs wrong ones.
  Optional<MemberClocks> clocks() {
    return clocks;
  }

  /// What a member has on a route, if the run has links there.
  MemberLink link(NetworkRoute route, MemberServer member) {
    return switch (route) {
      case MEMBERS -> members.link(member.number());
      case STORE -> store.link(member.number());
      case CLIENTS -> MemberLink.through(toApi(member));
    };
  }

  /// As clients ask it.
  Api asked(MemberServer member) {
    var api =
        areClientsLinked
            ? Api.overOneConnection(member.kubeconfig(), toApi(member).address())
            : Api.overOneConnection(member.kubeconfig());
    return api.waiting(PATIENCE);
  }

  /// What is between clients and a member.
  private FaultProxy toApi(MemberServer member) {
    return clients.computeIfAbsent(
        member.number(),
        number -> {
          var api = URI.create(Api.server(member.kubeconfig()));
          var target = new InetSocketAddress(api.getHost(), api.getPort());
          return keep(
              FaultProxy.to(target, seed + number)
                  .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        });
  }

  MemberServers servers() {
    return servers;
  }

  /// Ends everything; what cannot be ended keeps nothing else from it.
  @Override
  public void close() {
    var failures = new ArrayList<RuntimeException>();
    while (!opened.isEmpty()) {
      close(opened.pop(), failures);
    }
    close(inventory, failures);
    if (!failures.isEmpty()) {
      var first = failures.getFirst();
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }

  private static void close(AutoCloseable one, List<RuntimeException> failures) {
    try {
      one.close();
    } catch (RuntimeException failure) {
      failures.add(failure);
    } catch (Exception failure) {
      failures.add(new IllegalStateException(failure));
    }
  }
}
