package dev.troupe.runtime.member;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.controller.ControllerRegistration;
import dev.troupe.runtime.controller.Controllers;
import dev.troupe.runtime.controller.HostReport;
import dev.troupe.runtime.controller.HostSettings;
import dev.troupe.runtime.controller.logic.state.PositionFormat;
import dev.troupe.runtime.controller.platform.PlatformActivities;
import dev.troupe.runtime.controller.work.Activities;
import dev.troupe.runtime.resource.HostIdentity;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.RefusingStore;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Controllers on three members, of which one leaves and another is lost.
class HostsAmongMembersTest {

  private static final int CONTROLLERS = 6;

  /// That a controller was asked about an object.
  private record Glance(String controller, Member member, String object) {}

  private final RefusingStore store =
      new RefusingStore(new InMemoryEventStore(InstantSource.system()));
  private final ResourceRegistry registry = new ResourceRegistry(List.of(Writes.TYPE));
  private final ExecutorService workers = Executors.newFixedThreadPool(2);
  private final ConcurrentLinkedQueue<Glance> glances = new ConcurrentLinkedQueue<>();
  private final Map<Member, Controllers> controllers = new HashMap<>();

  private Trio trio;

  @BeforeEach
  void start() throws InterruptedException {
    trio = Trio.start(store, 0, 0, 0);
    trio.all().forEach(member -> controllers.put(member, controllers(member)));
  }

  @AfterEach
  void stop() {
    trio.close();
    workers.shutdown();
  }

  private Controllers controllers(Member member) {
    var all =
        IntStream.range(0, CONTROLLERS)
            .<Controller<?>>mapToObj(i -> new Watchful("watchful-" + i, member))
            .toList();
    var platform = new PlatformActivities(member.resources(), registry, member.time());
    return Controllers.start(
        member.hosts(),
        new ControllerRegistration(all, List.of(), new Activities(platform), "1"),
        member.resources(),
        registry,
        workers,
        member.time(),
        new Random(1),
        HostSettings.DEFAULT);
  }

  /// Looks at everything, and removes what is to be removed.
  private final class Watchful implements Controller<ConfigMap> {

    private final String name;
    private final Member member;

    private Watchful(String name, Member member) {
      this.name = name;
      this.member = member;
    }

    @Override
    public Class<ConfigMap> resource() {
      return ConfigMap.class;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Plan reconcile(ConfigMap map, View view, Cause cause) {
      var metadata = map.getMetadata();
      glances.add(new Glance(name, member, metadata.getName()));
      var key = new ResourceKey(Writes.COLLECTION, metadata.getNamespace(), metadata.getName());
      return metadata.getName().startsWith("surplus")
          ? Plan.nothing().delete(key, metadata.getUid())
          : Plan.nothing();
    }
  }

  @Test
  void hostsAreSpreadAndGoOnElsewhereFromWhereTheyWere() {
    awaitHosts();
    long version = allSee("first");
    var before = reports(trio.get(0));
    assertThat(whoSees()).hasSize(CONTROLLERS).allSatisfy((_, by) -> assertThat(by).hasSize(1));

    var leaving = trio.get(2);
    untilPositionsAreAt(version);
    glances.clear();
    trio.leave(leaving);
    awaitHosts();
    version = allSee("second");
    assertThat(glances).extracting(Glance::object).containsOnly("second");
    assertThat(whoSees()).allSatisfy((_, by) -> assertThat(by).hasSize(1));
    formerHostsWriteNothing(before, reports(trio.get(0)));

    var lost = trio.get(1);
    untilPositionsAreAt(version);
    glances.clear();
    trio.kill(lost);
    awaitHosts();
    allSee("third");
    assertThat(glances).extracting(Glance::object).containsOnly("third");
    removesWhatIsSurplus();
  }

  /// Every member tells of every host; each has as many as the others.
  private void awaitHosts() {
    int each = CONTROLLERS / trio.all().size();
    eventually(() ->
        trio.all().stream()
            .allMatch(member -> {
              var owners =
                  reports(member).values().stream()
                      .filter(HostReport::running)
                      .collect(groupingBy(HostReport::owner, mapping(x -> x, toSet())));
              return owners.size() == trio.all().size()
                  && owners.values().stream().allMatch(some -> some.size() == each);
            }));
  }

  private Map<String, HostReport> reports(Member member) {
    var reports = new HashMap<String, HostReport>();
    requireNonNull(controllers.get(member))
        .reports()
        .toCompletableFuture()
        .join()
        .forEach(report -> reports.put(report.controller(), report));
    return reports;
  }

  /// @return the version of the last object
  private long allSee(String object) {
    // Hosts may be there before all partitions are.
    eventually(() ->
        trio.all().stream().mapToInt(member -> trio.namespacesAt(member).size()).sum()
            == Trio.PARTITIONS);
    long version = 0;
    for (var member : trio.all()) {
      for (var namespace : trio.namespacesAt(member)) {
        version = written(writes(namespace).create(object, "a"));
      }
    }
    eventually(() ->
        glances.stream().filter(glance -> glance.object.equals(object)).count()
            >= (long) CONTROLLERS * Trio.PARTITIONS);
    return version;
  }

  private Map<String, Set<Member>> whoSees() {
    return glances.stream()
        .collect(groupingBy(Glance::controller, mapping(Glance::member, toSet())));
  }

  /// Whichever way it comes, and although the next host has not written anything yet.
  private void formerHostsWriteNothing(
      Map<String, HostReport> before, Map<String, HostReport> after) {
    var moved =
        before.values().stream()
            .filter(
                report -> requireNonNull(after.get(report.controller())).epoch() > report.epoch())
            .toList();
    assertThat(moved).hasSize(2);
    for (var report : moved) {
      var late = new HostIdentity(partition(report.controller()), report.epoch());
      for (var member : trio.all()) {
        for (var owner : trio.all()) {
          var request = writes(trio.namespaceAt(owner)).create("late", "a").of(late);
          var reply = member.resources().write(request).toCompletableFuture().join();
          assertThat(reply)
              .isInstanceOfSatisfying(
                  WriteReply.Refused.class,
                  refused ->
                      assertThat(refused.refusal().reason()).isEqualTo(StatusReason.FORBIDDEN));
        }
      }
    }
  }

  /// Everything that is to be done about what was written at or below the version is done then.
  private void untilPositionsAreAt(long version) {
    eventually(() ->
        IntStream.range(0, CONTROLLERS)
            .mapToObj(i -> store.fact(partition("watchful-" + i), PositionFormat.FACT))
            .map(kept -> PositionFormat.decode(kept, "1", Set.of(Writes.COLLECTION)))
            .allMatch(position ->
                position.filter(one -> one.of(Writes.COLLECTION) >= version).isPresent()));
  }

  private void removesWhatIsSurplus() {
    var owners = Stream.of(trio.get(0)).map(trio::namespaceAt).toList();
    owners.forEach(namespace -> written(writes(namespace).create("surplus", "a")));
    eventually(() ->
        owners.stream()
            .map(namespace -> trio.get(0).resources().get(writes(namespace).key("surplus")))
            .allMatch(found -> found.toCompletableFuture().join().isEmpty()));
  }

  private static PartitionId partition(String controller) {
    return new PartitionId(new TypeRef(PartitionId.CONTROLLERS, controller), 0);
  }

  private Writes writes(String namespace) {
    return Writes.at(trio.get(0).time().instant()).in(namespace).withUidsEnding(namespace);
  }

  private long written(WriteRequest request) {
    var reply = trio.get(0).resources().write(request).toCompletableFuture().join();
    assertThat(reply).isInstanceOf(WriteReply.Written.class);
    return ((WriteReply.Written) reply).version();
  }

  private static void eventually(BooleanSupplier isTrue) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!isTrue.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      try {
        Thread.sleep(Duration.ofMillis(20));
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
  }
}
