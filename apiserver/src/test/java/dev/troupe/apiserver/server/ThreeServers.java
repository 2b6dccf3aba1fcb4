package dev.troupe.apiserver.server;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.gateway.logic.StoredForms;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.liveness.Terms;
import dev.troupe.runtime.member.Company;
import dev.troupe.runtime.member.Member;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.memory.InMemoryClusterStore;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import dev.troupe.runtime.trace.Traces;
import dev.troupe.runtime.trace.TracesSetup;
import dev.troupe.runtime.wire.WireVersions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/// Three members of one cluster in this JVM, and the API server of each.
final class ThreeServers implements AutoCloseable {

  private static final int MEMBERS = 3;

  /// Where partitions are.
  enum Spread {
    EVEN("200ms"),
    /// The others have none.
    ALL_AT_FIRST("1h");

    private final String rebalanceInterval;

    Spread(String rebalanceInterval) {
      this.rebalanceInterval = rebalanceInterval;
    }
  }

  private static final Map<String, ?> CONFIG =
      Map.ofEntries(
          Map.entry("pekko.actor.serializers.troupe-wire", CountedLetters.class.getName()),
          Map.entry("troupe.runtime.partitions.configmaps", 3),
          Map.entry("troupe.runtime.partitions.secrets", 8),
          Map.entry("troupe.runtime.partitions.\"crontabs.stable.example.com\"", 3),
          Map.entry("troupe.runtime.partitions.nodes", 8),
          Map.entry("pekko.cluster.jmx.enabled", "off"),
          Map.entry("pekko.coordinated-shutdown.run-by-actor-system-terminate", "off"));

  private final Spread spread;
  private final ApiServerSettings.Limits limits;
  private final UnopenedStore store =
      new UnopenedStore(new InMemoryEventStore(InstantSource.system()));
  private final InMemoryClusterStore roll = new InMemoryClusterStore();
  private final TestCertificates certificates = new TestCertificates();
  private final List<ResourceRegistry> registries = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private final List<ApiServer> servers = new ArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder()
          .sslContext(certificates.context(certificates.client("CN=admin,O=system:masters")))
          .version(HttpClient.Version.HTTP_2)
          .build();

  private ThreeServers(Spread spread, ApiServerSettings.Limits limits) {
    this.spread = spread;
    this.limits = limits;
  }

  static ThreeServers start() throws Exception {
    return start(_ -> Traces.OFF);
  }

  /// @param traces of each, by its number from 0
  static ThreeServers start(IntFunction<Traces> traces) throws Exception {
    return start(Spread.EVEN, ApiServerSettings.Limits.DEFAULT, traces);
  }

  static ThreeServers start(Spread spread, ApiServerSettings.Limits limits) throws Exception {
    return start(spread, limits, _ -> Traces.OFF);
  }

  private static ThreeServers start(
      Spread spread, ApiServerSettings.Limits limits, IntFunction<Traces> traces) throws Exception {
    var all = new ThreeServers(spread, limits);
    for (int i = 0; i < MEMBERS; i++) {
      all.members.add(all.member(traces.apply(i)));
      if (spread == Spread.ALL_AT_FIRST) {
        awaitReady(all.members.getLast());
      }
    }
    for (var member : all.members) {
      awaitReady(member);
    }
    if (spread == Spread.EVEN) {
      all.awaitEvenness();
    }
    for (int i = 0; i < MEMBERS; i++) {
      all.servers.add(all.server(all.members.get(i), all.registries.get(i), traces.apply(i)));
    }
    return all;
  }

  private static void awaitReady(Member member) throws Exception {
    member.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private Member member(Traces traces) {
    var registry = ResourceRegistry.standard();
    registries.add(registry);
    var seeds = members.stream().limit(1).map(first -> first.overview(List.of()).seenBy()).toList();
    var self = new Introduction("1.0", WireVersions.OURS, 0, 0, "here", "", 0, 0, Map.of(), 0, 0);
    return Member.start(
        ConfigFactory.parseMap(CONFIG)
            .withValue(
                "pekko.cluster.sharding.rebalance-interval",
                ConfigValueFactory.fromAnyRef(spread.rebalanceInterval)),
        registry,
        StandardMutator.of(registry),
        store.asStore(),
        new Company(() -> seeds, () -> self, () -> StoredForms.ANY, terms()),
        new TracesSetup(traces));
  }

  private Terms terms() {
    var probes = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new Terms(
        roll, LeaseSettings.DEFAULT, Duration.ofSeconds(2), probes, InstantSource.system());
  }

  /// The first has everything until the others have come. Nothing is moved any more when everything
  /// is spread, and so is each collection.
  private void awaitEvenness() throws InterruptedException {
    var all = members.getFirst().partitions();
    while (!isEven(all)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean isEven(List<PartitionId> all) {
    var collections = all.stream().collect(groupingBy(PartitionId::collection, counting()));
    for (var member : members) {
      var held = held(member);
      var counts = held.stream().collect(groupingBy(PartitionId::collection, counting()));
      if (held.size() < all.size() / MEMBERS
          || collections.entrySet().stream()
              .anyMatch(
                  each -> counts.getOrDefault(each.getKey(), 0L) < each.getValue() / MEMBERS)) {
        return false;
      }
    }
    return true;
  }

  private static List<PartitionId> held(Member member) {
    return member.overview(List.of()).partitions().stream()
        .filter(PartitionReport::serving)
        .map(PartitionReport::id)
        .toList();
  }

  private ApiServer server(Member member, ResourceRegistry registry, Traces traces)
      throws Exception {
    var identity = certificates.server();
    var tls =
        new ApiServerSettings.Tls(
            identity.certificatePem(), identity.keyPem(), certificates.authorityPem());
    var settings = new ApiServerSettings("127.0.0.1", 0, tls, 1, limits);
    return ApiServer.start(
            settings,
            new ServerSurroundings(
                registry,
                member.lateTypes(),
                member.resources(),
                _ -> subscriber -> subscriber.onComplete(),
                InstantSource.system(),
                () -> UUID.randomUUID().toString(),
                new Random(7),
                new EmptyJournal(),
                List.of(),
                List.of(),
                () -> CompletableFuture.completedFuture(TestServer.OVERVIEW),
                _ -> {},
                Map.of(),
                List::of,
                traces))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  List<ApiServer> all() {
    return List.copyOf(servers);
  }

  /// The number of the member that has a partition, and its epoch there; -1 while nobody has it.
  record Place(int member, long epoch) {}

  Place place(PartitionId partition) {
    for (int i = 0; i < MEMBERS; i++) {
      for (var report : members.get(i).overview(List.of()).partitions()) {
        if (report.id().equals(partition) && report.serving()) {
          return new Place(i, report.epoch());
        }
      }
    }
    return new Place(-1, 0);
  }

  /// At how many of the members the partitions of some collections are.
  long owners(String... collections) {
    return members.stream()
        .filter(member ->
            held(member).stream()
                .map(PartitionId::collection)
                .anyMatch(type -> List.of(collections).contains(type.toString())))
        .count();
  }

  /// How many partitions of a collection each of the members has.
  List<Long> held(String collection) {
    return members.stream().map(member -> held(member, collection)).toList();
  }

  private static long held(Member member, String collection) {
    return held(member).stream()
        .filter(partition -> partition.collection().toString().equals(collection))
        .count();
  }

  /// Forgets what has happened, but for the last of each object.
  void prune() {
    var nothing = new EventStore.Rule(Duration.ZERO, 1);
    store.asStore().prune(new EventStore.Retention(nothing, Map.of())).toCompletableFuture().join();
  }

  /// The first leaves, and nobody can open what it had before [#letOpen].
  void loseFirst() {
    store.refuse(true);
    servers.removeFirst().stop().toCompletableFuture().join();
    members.removeFirst().close();
  }

  void letOpen() {
    store.refuse(false);
  }

  CompletableFuture<HttpResponse<byte[]>> send(
      ApiServer server, String method, String path, String body, String... headers) {
    var request = request(server, method, path, body, headers);
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  /// What comes line by line.
  BufferedReader stream(ApiServer server, String path, String... headers) {
    var request = request(server, "GET", path, "", headers);
    var response = client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream()).join();
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private static HttpRequest request(
      ApiServer server, String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty() && !List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  @Override
  public void close() {
    client.shutdownNow();
    servers.forEach(server -> server.stop().toCompletableFuture().join());
    members.reversed().forEach(Member::close);
  }
}
