package dev.troupe.apiserver.server;

import dev.troupe.api.controller.PodLogs;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.apiserver.backup.BackupSource;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.admission.Admission;
import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.controller.HostReport;
import dev.troupe.runtime.definition.LateTypes;
import dev.troupe.runtime.measure.Figure;
import dev.troupe.runtime.overview.Overview;
import dev.troupe.runtime.overview.PromiseReport;
import dev.troupe.runtime.overview.StreamReport;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import dev.troupe.runtime.trace.Traces;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A server over real HTTPS on the fake, and clients for it.
final class TestServer implements AutoCloseable {

  static final JsonMapper JSON = JsonMapper.builder().build();

  static final Overview OVERVIEW =
      new Overview(
          "127.0.0.1:7355",
          List.of(
              new Overview.MemberReport(
                  "127.0.0.1:7355",
                  "up",
                  true,
                  new EventStore.Commits(512, 1_234_567, 20_000_000, 300_000_000)),
              Overview.MemberReport.silent("127.0.0.1:7356", "up")),
          List.of(
              new PartitionReport(PartitionId.parse("pods#0"), "127.0.0.1:7355", true, 3, 12, 512),
              PartitionReport.unknown(PartitionId.parse("deployments.apps#1"))),
          List.of(
              new HostReport(
                  "deployment",
                  "127.0.0.1:7355",
                  true,
                  2,
                  7,
                  3,
                  1,
                  0,
                  5,
                  Duration.ofSeconds(2),
                  "")),
          List.of(
              new PromiseReport(
                  TypeRef.core("pods"),
                  12,
                  PartitionId.parse("pods#3"),
                  Duration.ofMillis(800),
                  9,
                  Duration.ofMillis(700))),
          List.of(
              new StreamReport(
                  "127.0.0.1:7355",
                  "127.0.0.1:7356",
                  27,
                  300,
                  Duration.ofMillis(900),
                  PartitionId.parse("pods#0"))));

  final TestCertificates certificates = new TestCertificates();
  final TestCertificates.Identity adminIdentity = certificates.client("CN=admin,O=system:masters");
  final FakeResources resources;
  volatile BackupSource backup = _ -> {};
  final ApiServer server;
  final HttpClient admin = client(adminIdentity, HttpClient.Version.HTTP_2);

  TestServer(PodLogs logs, ApiServerSettings.Limits limits) throws Exception {
    this(ResourceRegistry.standard(), logs, limits);
  }

  /// One of each kind.
  private static final List<Figure> FIGURES =
      List.of(
          new Figure.Count(
              "troupe_letters",
              "Letters",
              List.of(new Figure.Sample(Map.of("direction", "sent"), 3))),
          Figure.Level.of("troupe_lease_seconds", "What is left of the lease", 0.5),
          new Figure.Histogram(
              "troupe_opening_seconds",
              "Openings",
              List.of(0.1, 1.0),
              List.of(new Figure.Distribution(Map.of("kind", "clean"), List.of(2L, 1L, 1L), 7.5))));

  TestServer(ResourceRegistry registry, PodLogs logs, ApiServerSettings.Limits limits)
      throws Exception {
    var mutator = StandardMutator.of(registry);
    resources = new FakeResources(registry, mutator);
    var identity = certificates.server();
    var settings =
        new ApiServerSettings(
            "127.0.0.1",
            0,
            new ApiServerSettings.Tls(
                identity.certificatePem(), identity.keyPem(), certificates.authorityPem()),
            2,
            limits);
    server =
        ApiServer.start(
                settings,
                new ServerSurroundings(
                    registry,
                    LateTypes.NONE,
                    Admission.standard(
                        resources,
                        registry,
                        mutator,
                        new Random(8),
                        () -> UUID.randomUUID().toString()),
                    logs,
                    InstantSource.system(),
                    () -> UUID.randomUUID().toString(),
                    new Random(7),
                    new EmptyJournal(),
                    List.of(),
                    List.of(),
                    () -> CompletableFuture.completedFuture(OVERVIEW),
                    out -> backup.writeTo(out),
                    Map.of("troupe_test_total", () -> 7),
                    () -> FIGURES,
                    Traces.OFF))
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    namespace("default");
    namespace("kube-system");
  }

  static TestServer start() throws Exception {
    return start(ResourceRegistry.standard());
  }

  static TestServer start(ResourceRegistry registry) throws Exception {
    return new TestServer(
        registry, _ -> subscriber -> subscriber.onComplete(), ApiServerSettings.Limits.DEFAULT);
  }

  void namespace(String name) throws Exception {
    var object = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
    object.putObject("metadata").put("name", name);
    Instant now = Instant.now();
    resources
        .write(
            new WriteRequest(
                new MutationRequest(
                    new ResourceKey(TypeRef.core("namespaces"), "", name),
                    "v1",
                    Subresources.WHOLE,
                    new Mutation.Create(object),
                    MutationRequest.Options.DEFAULT,
                    new MutationRequest.Facts(now, UUID.randomUUID().toString(), null)),
                WriteCause.platform("test", "set up"),
                "",
                0,
                now.plusSeconds(60)))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  HttpClient client(
      TestCertificates.@org.jspecify.annotations.Nullable Identity identity,
      HttpClient.Version version) {
    return HttpClient.newBuilder()
        .sslContext(certificates.context(identity))
        .version(version)
        .build();
  }

  String url(String path) {
    return "https://127.0.0.1:" + server.port() + path;
  }

  HttpRequest.Builder request(String method, String path, byte[] body, String... headers) {
    var builder =
        HttpRequest.newBuilder(URI.create(url(path)))
            .timeout(Duration.ofSeconds(20))
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    return builder;
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    return admin.send(
        request(method, path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, "", headers);
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send("POST", path, body, "Content-Type", "application/json");
  }

  static ObjectNode json(HttpResponse<String> response) {
    JsonNode node = JSON.readTree(response.body());
    return (ObjectNode) node;
  }

  static String configMap(String name) {
    return """
    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"a":"b"}}\
    """
        .formatted(name);
  }

  @Override
  public void close() {
    admin.shutdownNow();
    server.stop().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
