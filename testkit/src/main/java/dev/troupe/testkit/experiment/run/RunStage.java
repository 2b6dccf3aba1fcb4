package dev.troupe.testkit.experiment.run;

import dev.troupe.testkit.experiment.fault.NetworkRoute;
import dev.troupe.testkit.experiment.injector.DatabaseSite;
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
import dev.troupe.testkit.process.CpuShares;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// All that is set up for one run; whoever closes it ends everything.
final class RunStage implements AutoCloseable {

  /// As many may join beside those that are there from the beginning.
  private static final int MOST_JOIN = 3;

  private static final Path GROUPS = Path.of("/sys/fs/cgroup");

  private static final String HEAP = "-Xmx";
  private static final String STANDARD_HEAP = "-Xmx512m";

  private final RunInventory inventory;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final DatabaseSite database;
  private final Optional<CpuShares> shares;
  private final MemberLinks members;
  private final StoreLinks store;
  private final MemberServers servers;

  private RunStage(
      RunSite site, Topology topology, RunMeans means, long seed, RunInventory inventory) {
    this.inventory = inventory;
    try {
      var directory = site.directory();
      inventory.clear();
      var word = site.databaseWord().apply(directory);
      inventory.expect(word);
      for (int number = 1; number <= topology.members() + MOST_JOIN; number++) {
        inventory.expect(MemberServers.word(directory, number));
      }
      var premises = keep(site.premises().apply(directory));
      inventory.look();
      this.database = new DatabaseSite(premises, inventory, word);
      if (means.namespaces()) {
        inventory.expectNetworks();
      }
      this.shares = means.groups() ? Optional.of(groups(inventory)) : Optional.empty();
      this.members = new MemberLinks(seed);
      var network = network(means, topology, premises, members);
      this.store = new StoreLinks(network, seed);
      var used = keep(means.links().contains(NetworkRoute.STORE) ? store : network);
      this.servers =
          keep(
              MemberServers.startByAge(
                  topology.members(),
                  premises,
                  new ApartNetwork(used),
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

  private <T extends AutoCloseable> T keep(T one) {
    opened.push(one);
    return one;
  }

  private CpuShares groups(RunInventory inventory) {
    var made = keep(CpuShares.below(GROUPS));
    inventory.expectGroups(made.parent());
    return made;
  }

  /// Why members can have no control groups here; empty if they can.
  static String obstacleToGroups() {
    try (var _ = CpuShares.below(GROUPS)) {
      return "";
    } catch (UnsupportedOperationException refused) {
      return String.valueOf(refused.getMessage());
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

  /// What a member has on a route, if the run has links there.
  MemberLink link(NetworkRoute route, MemberServer member) {
    return switch (route) {
      case MEMBERS -> members.link(member.number());
      case STORE -> store.link(member.number());
      case CLIENTS -> throw new IllegalStateException("nothing is between clients and members");
    };
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
