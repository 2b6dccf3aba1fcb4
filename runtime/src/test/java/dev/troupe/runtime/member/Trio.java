package dev.troupe.runtime.member;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.gateway.logic.StoredForms;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.liveness.Terms;
import dev.troupe.runtime.resource.logic.SimpleMutator;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.TestJournal;
import dev.troupe.runtime.store.TestSnapshots;
import dev.troupe.runtime.store.cluster.ClusterStore;
import dev.troupe.runtime.store.memory.InMemoryClusterStore;
import dev.troupe.runtime.wire.WireVersions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Three members of one cluster in this JVM, which share a store: each reaches the others by the
/// network.
final class Trio implements AutoCloseable {

  static final int PARTITIONS = 6;

  /// What all of them agree on.
  ///
  /// @param roll of each, by its number from 0
  record Agreed(IntFunction<ClusterStore> roll, LeaseSettings leases, Duration silence) {}

  private static final InetSocketAddress PROBES =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  static final Placement PLACEMENT = new Placement(Map.of(Writes.COLLECTION, PARTITIONS));

  private static final Config CONFIG =
      ConfigFactory.parseMap(
          Map.ofEntries(
              Map.entry("troupe.journal.class", TestJournal.class.getName()),
              Map.entry("troupe.snapshots.class", TestSnapshots.class.getName()),
              Map.entry("troupe.runtime.partitions.configmaps", PARTITIONS),
              // Whoever comes is given partitions soon.
              Map.entry("pekko.cluster.sharding.rebalance-interval", "500ms"),
              Map.entry("pekko.cluster.jmx.enabled", "off"),
              // The others notice soon that one is gone.
              Map.entry("pekko.cluster.failure-detector.heartbeat-interval", "200ms"),
              Map.entry("pekko.cluster.failure-detector.acceptable-heartbeat-pause", "1s"),
              // Whoever is terminated is gone without a word.
              Map.entry("pekko.coordinated-shutdown.run-by-actor-system-terminate", "off")));

  private final EventStore store;
  private final Agreed agreed;
  private final List<Member> members = new ArrayList<>();

  private Trio(EventStore store, Agreed agreed) {
    this.store = store;
    this.agreed = agreed;
  }

  /// @param offsetsMillis of the three clocks from that of the machine
  static Trio start(EventStore store, long... offsetsMillis) throws InterruptedException {
    return start(store, introduction(), offsetsMillis);
  }

  private static Agreed usual() {
    var roll = new InMemoryClusterStore();
    return new Agreed(_ -> roll, LeaseSettings.DEFAULT, Terms.SILENCE);
  }

  /// @param self what each tells of itself
  static Trio start(EventStore store, Introduction self, long... offsetsMillis)
      throws InterruptedException {
    return start(store, usual(), self, offsetsMillis);
  }

  static Trio start(EventStore store, Agreed agreed, Introduction self, long... offsetsMillis)
      throws InterruptedException {
    var trio = new Trio(store, agreed);
    for (long offset : offsetsMillis) {
      trio.members.add(trio.start(self, ahead(offset)));
    }
    CompletableFuture.allOf(
            trio.members.stream()
                .map(member -> member.ready().toCompletableFuture())
                .toArray(CompletableFuture[]::new))
        .join();
    trio.awaitEvenness();
    return trio;
  }

  /// The first has everything until the others have come.
  private void awaitEvenness() throws InterruptedException {
    while (!members.stream().allMatch(member -> held(member) == PARTITIONS / members.size())) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static long held(Member member) {
    return member.overview(List.of()).partitions().stream()
        .filter(PartitionReport::serving)
        .count();
  }

  static Introduction introduction() {
    return new Introduction("1.0", WireVersions.OURS, 0, 0, "here", "", 0, 0, Map.of(), 0, 0);
  }

  static InstantSource ahead(long millis) {
    return InstantSource.offset(InstantSource.system(), Duration.ofMillis(millis));
  }

  /// One more, let in by the first.
  Member start(Introduction self, InstantSource clock) {
    return start(CONFIG, self, clock);
  }

  Member start(Config config, Introduction self, InstantSource clock) {
    var seeds =
        members.stream().limit(1).map(member -> member.overview(List.of()).seenBy()).toList();
    return Member.start(
        config.withFallback(CONFIG),
        new ResourceRegistry(List.of(Writes.TYPE)),
        new SimpleMutator(),
        store,
        new Company(() -> seeds, () -> self, () -> StoredForms.ANY, terms(clock)));
  }

  private Terms terms(InstantSource clock) {
    var roll = agreed.roll().apply(members.size());
    return new Terms(roll, agreed.leases(), agreed.silence(), PROBES, clock);
  }

  /// Who is written down as a member.
  Set<MemberId> roll() {
    var store = agreed.roll().apply(0);
    return store.beat(new MemberId("nobody", 0)).toCompletableFuture().join().roll().members();
  }

  Member get(int number) {
    return members.get(number);
  }

  List<Member> all() {
    return List.copyOf(members);
  }

  static PartitionId partition(String namespace) {
    return PLACEMENT.of(Writes.COLLECTION, namespace, "");
  }

  /// Who has the partition of a namespace.
  Member owner(String namespace) {
    return members.stream()
        .filter(member -> owns(member, partition(namespace)))
        .findAny()
        .orElseThrow();
  }

  /// Who has not.
  Member other(String namespace) {
    return members.stream()
        .filter(member -> !owns(member, partition(namespace)))
        .findFirst()
        .orElseThrow();
  }

  static boolean owns(Member member, PartitionId partition) {
    return member.overview(List.of()).partitions().stream()
        .filter(PartitionReport::serving)
        .anyMatch(report -> report.id().equals(partition));
  }

  /// A namespace whose partition is at a member.
  String namespaceAt(Member member) {
    return namespacesAt(member).getFirst();
  }

  /// One namespace for each of the partitions of a member.
  List<String> namespacesAt(Member member) {
    var namespaces = new TreeMap<PartitionId, String>(Comparator.comparingInt(PartitionId::number));
    IntStream.range(0, 1_000)
        .mapToObj(i -> "ns-" + i)
        .filter(namespace -> owns(member, partition(namespace)))
        .forEach(namespace -> namespaces.putIfAbsent(partition(namespace), namespace));
    return List.copyOf(namespaces.values());
  }

  /// Ends a member without a word to the others, which find that its port refuses.
  void kill(Member member) {
    member.system().terminate();
    member.ended().toCompletableFuture().join();
    members.remove(member);
  }

  /// Whether one of those of whom anything is expected has the partition of a namespace.
  boolean isServed(String namespace) {
    return members.stream().anyMatch(member -> owns(member, partition(namespace)));
  }

  /// Expects nothing more of a member.
  void forget(Member member) {
    members.remove(member);
  }

  /// Lets a member go.
  void leave(Member member) {
    members.remove(member);
    member.close();
  }

  @Override
  public void close() {
    members.reversed().forEach(Member::close);
  }
}
