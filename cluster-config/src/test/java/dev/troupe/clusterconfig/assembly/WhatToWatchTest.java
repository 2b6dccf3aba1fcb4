package dev.troupe.clusterconfig.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.troupe.api.extension.Extension;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.health.RequestMetrics;
import dev.troupe.clusterconfig.configuration.ControllerTuning;
import dev.troupe.clusterconfig.furnishing.ApiEndpoints;
import dev.troupe.clusterconfig.furnishing.CommonUpkeep;
import dev.troupe.clusterconfig.furnishing.FirstObjects;
import dev.troupe.clusterconfig.furnishing.ObjectWrites;
import dev.troupe.clusterconfig.furnishing.SimulatedMachines;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.controller.ControllerRegistration;
import dev.troupe.runtime.controller.Controllers;
import dev.troupe.runtime.gateway.logic.StoredForms;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.liveness.Terms;
import dev.troupe.runtime.measure.MeasuredStore;
import dev.troupe.runtime.member.Company;
import dev.troupe.runtime.member.Member;
import dev.troupe.runtime.store.memory.InMemoryClusterStore;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import dev.troupe.runtime.wire.WireVersions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The metrics that the runbook says to watch are those that members show: three of them, with
/// their controllers, one of which is lost.
@Timeout(180)
class WhatToWatchTest {

  private static final Pattern NAMED =
      Pattern.compile("`((?:troupe|apiserver|jvm|process)_[a-z_]+)`");
  private static final Pattern SHOWN = Pattern.compile("(?m)^# TYPE (\\S+) ");
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private final InMemoryClusterStore roll = new InMemoryClusterStore();
  private final MeasuredStore store =
      new MeasuredStore(new InMemoryEventStore(InstantSource.system()), System::nanoTime);
  private final ResourceRegistry registry = ResourceRegistry.standard();
  private final ExecutorService workers = Executors.newFixedThreadPool(2);
  private final List<Running> members = new ArrayList<>();

  private record Running(Member member, Controllers controllers, RequestMetrics metrics) {}

  @AfterEach
  void stop() {
    members.reversed().forEach(running -> running.member().close());
    workers.shutdownNow();
  }

  private void start() {
    var seeds =
        members.stream()
            .limit(1)
            .map(first -> first.member().overview(List.of()).seenBy())
            .toList();
    var self = new Introduction("1.0", WireVersions.OURS, 0, 0, "here", "", 0, 0, Map.of(), 0, 0);
    var probes = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var member =
        Member.start(
            ConfigFactory.parseMap(
                Map.of(
                    "troupe.runtime.partitions.pods", 3,
                    "pekko.cluster.jmx.enabled", "off",
                    "pekko.cluster.sharding.rebalance-interval", "200ms",
                    // Whoever is terminated is gone without a word.
                    "pekko.coordinated-shutdown.run-by-actor-system-terminate", "off")),
            registry,
            StandardMutator.standard(),
            store,
            new Company(
                () -> seeds,
                () -> self,
                () -> StoredForms.ANY,
                Terms.standard(roll, probes, InstantSource.system())));
    member.ready().toCompletableFuture().join();
    var controllers =
        ClusterControllers.start(
            member,
            registry,
            new ClusterControllers.Told(
                "", ControllerTuning.from(ConfigFactory.defaultReference())),
            Extension.NONE,
            ControllerRegistration.RunGate.OPEN,
            workers);
    var metrics =
        new RequestMetrics(
            () -> 0,
            () -> 0,
            () -> 0,
            Map.of(),
            () -> AssembledMember.figures(store::figures, member, controllers));
    metrics.count(null, 200, 1);
    members.add(new Running(member, controllers, metrics));
  }

  /// Some of them lie at other members.
  private void write(Member member) {
    var writes =
        new ObjectWrites(
            member.resources(), InstantSource.system(), () -> UUID.randomUUID().toString());
    var place = new ApiEndpoints.Place("10.0.0.1:7400", "10.0.0.1", 6443);
    new CommonUpkeep(
            new FirstObjects(writes),
            new ApiEndpoints(writes, place, () -> Set.of()),
            SimulatedMachines.described(1),
            () -> {},
            Runnable::run,
            Duration.ZERO)
        .begin()
        .toCompletableFuture()
        .join();
  }

  private Set<String> shown() {
    return members.stream()
        .map(running -> (Answer.Document) running.metrics().scrape())
        .flatMap(scrape -> scrape.body().stream())
        .flatMap(part -> SHOWN.matcher(new String(part, StandardCharsets.UTF_8)).results())
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> named() throws IOException {
    var runbook = Files.readString(Path.of("..", "deploy", "README.md"));
    return NAMED
        .matcher(runbook)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void metricsOfTheRunbookAreShownAndThoseOfOursAreInIt() throws Exception {
    var named = named();
    assertThat(named).hasSizeGreaterThan(20);
    for (int i = 0; i < 3; i++) {
      start();
    }
    members.forEach(running -> write(running.member()));
    var lost = members.removeLast();
    lost.member().system().terminate();
    lost.member().ended().toCompletableFuture().join();

    long end = System.nanoTime() + PATIENCE;
    while (!shown().containsAll(named) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100);
    }

    assertThat(shown()).containsAll(named);
    assertThat(named)
        .containsAll(shown().stream().filter(name -> name.startsWith("troupe_")).toList());
  }
}
