package dev.troupe.apiserver.server;

import dev.troupe.apiserver.authentication.Authenticator;
import dev.troupe.apiserver.authentication.CertificateAuthenticator;
import dev.troupe.apiserver.authorization.Authorizer;
import dev.troupe.apiserver.authorization.Impersonation;
import dev.troupe.apiserver.backup.BackupAnswer;
import dev.troupe.apiserver.conversion.Conversions;
import dev.troupe.apiserver.conversion.HookClient;
import dev.troupe.apiserver.conversion.VersionedResources;
import dev.troupe.apiserver.discovery.DiscoveryDocuments;
import dev.troupe.apiserver.discovery.MadeOfTypes;
import dev.troupe.apiserver.health.Health;
import dev.troupe.apiserver.health.RequestMetrics;
import dev.troupe.apiserver.health.VersionDocument;
import dev.troupe.apiserver.journal.AgendaAnswer;
import dev.troupe.apiserver.openapi.OpenApiDocuments;
import dev.troupe.apiserver.route.AllowedMethods;
import dev.troupe.apiserver.route.DocumentRoutes;
import dev.troupe.apiserver.route.ResourceRoutes;
import dev.troupe.apiserver.route.Routes;
import dev.troupe.apiserver.share.Shares;
import dev.troupe.apiserver.wire.Farewell;
import dev.troupe.apiserver.wire.NativeTls;
import dev.troupe.apiserver.wire.Streams;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.KnownTypes;
import dev.troupe.runtime.journal.Agendas;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The Kubernetes API over HTTPS.
public final class ApiServer {

  private static final int FREE_PORT_ID = 1;

  private final Vertx vertx;
  private final Farewell farewell;
  private final Streams streams;
  private final Health health;
  private final ExecutorService workers;
  private final int port;

  private ApiServer(
      Vertx vertx,
      Farewell farewell,
      Streams streams,
      Health health,
      ExecutorService workers,
      int port) {
    this.vertx = vertx;
    this.farewell = farewell;
    this.streams = streams;
    this.health = health;
    this.workers = workers;
    this.port = port;
  }

  /// Loads what takes a while to load and nothing else waits for. May be called on any thread,
  /// before [#start].
  public static void prepare() {
    NativeTls.isThere();
  }

  /// Starts to listen. The stage fails if the address is taken or the keys cannot be read.
  public static CompletionStage<ApiServer> start(
      ApiServerSettings settings, ServerSurroundings around) {
    var certificates = CertificateAuthenticator.trusting(settings.tls().clientAuthority());
    var authorizer = new Authorizer();
    var shares = settings.limits().shares();
    var streams = new Streams(Runtime.getRuntime().maxMemory());
    var metrics = metrics(shares, streams, around);
    var health = new Health(around.checks());
    var workers = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("api-", 0).factory());
    var vertx = vertx(settings);
    var versions = versions(settings, around, vertx, workers);
    var door =
        new Door(
            settings.limits(),
            new Authenticator(certificates),
            authorizer,
            new Impersonation(authorizer),
            shares,
            streams,
            routes(settings, around, versions, authorizer, health, metrics),
            metrics,
            around.traces(),
            workers,
            new AllowedMethods(around.registry()),
            around.clock(),
            new BugLog(around.ids()));
    var farewell = new Farewell();
    return listen(vertx, settings, HttpsOptions.of(settings, certificates), door, farewell)
        .map(port -> new ApiServer(vertx, farewell, streams, health, workers, port))
        .onFailure(_ -> {
          vertx.close();
          workers.shutdown();
        })
        .toCompletionStage();
  }

  /// @return the port
  private static Future<Integer> listen(
      Vertx vertx,
      ApiServerSettings settings,
      HttpServerOptions options,
      Door door,
      Farewell farewell) {
    var port = new AtomicInteger();
    var connections = new AtomicInteger();
    return vertx
        .deployVerticle(
            () -> new Listener(options, address(settings), door, connections, farewell, port),
            new DeploymentOptions().setInstances(settings.eventLoops()))
        .map(_ -> port.get());
  }

  private static RequestMetrics metrics(Shares shares, Streams streams, ServerSurroundings around) {
    return new RequestMetrics(
        shares.reads()::inside,
        shares.writes()::inside,
        streams::count,
        around.counters(),
        around.figures());
  }

  /// Where objects are converted that others convert.
  private static VersionedResources versions(
      ApiServerSettings settings, ServerSurroundings around, Vertx vertx, Executor workers) {
    var client =
        new HookClient(
            vertx, around.resources(), workers, settings.limits().periods().conversion());
    return new VersionedResources(
        around.resources(),
        StandardMutator.of(around.registry()),
        new Conversions(client, around.ids(), workers));
  }

  /// Whom a request is sent to.
  private static Routes routes(
      ApiServerSettings settings,
      ServerSurroundings around,
      VersionedResources versions,
      Authorizer authorizer,
      Health health,
      RequestMetrics metrics) {
    var resources =
        new ResourceRoutes(
            around.registry(),
            around.lateTypes(),
            around.resources(),
            versions,
            around.logs(),
            authorizer,
            around.clock(),
            around.ids(),
            around.random(),
            around.journal(),
            around.controllers());
    var documents =
        new DocumentRoutes(
            new MadeOfTypes<>(
                around.registry(), (types, _) -> new DiscoveryDocuments(types, settings.address())),
            new MadeOfTypes<>(around.registry(), ApiServer::openApi));
    return new Routes(
        around.registry(),
        resources,
        documents,
        health,
        metrics,
        around.overseer(),
        new BackupAnswer(around.backups()),
        new AgendaAnswer(new Agendas(around.journal(), around.controllers())));
  }

  private static OpenApiDocuments openApi(KnownTypes types, @Nullable OpenApiDocuments former) {
    return former == null
        ? new OpenApiDocuments(types, VersionDocument.ofThisBuild().text())
        : former.of(types);
  }

  private static Vertx vertx(ApiServerSettings settings) {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(settings.eventLoops())
            .setWorkerPoolSize(2)
            .setInternalBlockingPoolSize(2));
  }

  public int port() {
    return port;
  }

  /// Stops: readiness fails, nobody is taken in any more, streams end cleanly, requests that are
  /// being carried out are answered.
  public CompletionStage<Void> stop() {
    health.stopping();
    streams.stop();
    return farewell
        .begin()
        .thenCompose(_ -> vertx.close().toCompletionStage())
        .whenComplete((_, _) -> {
          streams.stop();
          workers.shutdown();
        });
  }

  /// A free port is the same for the listeners of all event loops.
  private static SocketAddress address(ApiServerSettings settings) {
    return settings.port() == 0
        ? SocketAddress.sharedRandomPort(FREE_PORT_ID, settings.host())
        : SocketAddress.inetSocketAddress(settings.port(), settings.host());
  }
}
