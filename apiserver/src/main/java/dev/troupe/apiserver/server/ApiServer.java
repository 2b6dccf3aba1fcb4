package dev.troupe.apiserver.server;

import dev.troupe.apiserver.admission.AddressRange;
import dev.troupe.apiserver.authentication.Authenticator;
import dev.troupe.apiserver.authentication.CertificateAuthenticator;
import dev.troupe.apiserver.authorization.Authorizer;
import dev.troupe.apiserver.authorization.Impersonation;
import dev.troupe.apiserver.backup.BackupAnswer;
import dev.troupe.apiserver.discovery.DiscoveryDocuments;
import dev.troupe.apiserver.health.Health;
import dev.troupe.apiserver.health.RequestMetrics;
import dev.troupe.apiserver.health.VersionDocument;
import dev.troupe.apiserver.openapi.OpenApiDocuments;
import dev.troupe.apiserver.route.DocumentRoutes;
import dev.troupe.apiserver.route.ResourceRoutes;
import dev.troupe.apiserver.route.Routes;
import dev.troupe.apiserver.wire.Streams;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The Kubernetes API over HTTPS.
public final class ApiServer {

  private static final int STREAMS_PER_CONNECTION = 250;
  private static final int FREE_PORT_ID = 1;

  private final Vertx vertx;
  private final Streams streams;
  private final Health health;
  private final ExecutorService workers;
  private final int port;

  private ApiServer(
      Vertx vertx, Streams streams, Health health, ExecutorService workers, int port) {
    this.vertx = vertx;
    this.streams = streams;
    this.health = health;
    this.workers = workers;
    this.port = port;
  }

  /// Starts to listen. The stage fails if the address is taken or the keys cannot be read.
  public static CompletionStage<ApiServer> start(ApiServerSettings settings, Surroundings around) {
    var certificates = CertificateAuthenticator.trusting(settings.tls().clientAuthority());
    var authorizer = new Authorizer();
    var inFlight = new InFlight(settings.limits());
    var streams = new Streams();
    var metrics =
        new RequestMetrics(inFlight::reads, inFlight::writes, streams::count, around.counters());
    var health = new Health(around.checks());
    var workers = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("api-", 0).factory());
    var door =
        new Door(
            settings.limits(),
            new Authenticator(certificates),
            authorizer,
            new Impersonation(authorizer),
            inFlight,
            streams,
            routes(settings, around, authorizer, health, metrics),
            metrics,
            workers,
            around.clock(),
            around.ids());
    var vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(settings.eventLoops())
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2));
    var port = new AtomicInteger();
    var connections = new AtomicInteger();
    var options = options(settings, certificates);
    return vertx
        .deployVerticle(
            () -> new Listener(options, address(settings), door, connections, port),
            new DeploymentOptions().setInstances(settings.eventLoops()))
        .map(_ -> new ApiServer(vertx, streams, health, workers, port.get()))
        .onFailure(_ -> {
          vertx.close();
          workers.shutdown();
        })
        .toCompletionStage();
  }

  /// Whom a request is sent to.
  private static Routes routes(
      ApiServerSettings settings,
      Surroundings around,
      Authorizer authorizer,
      Health health,
      RequestMetrics metrics) {
    var resources =
        new ResourceRoutes(
            around.registry(),
            around.resources(),
            around.mutator(),
            around.logs(),
            authorizer,
            AddressRange.parse(settings.serviceRange()),
            around.clock(),
            around.ids(),
            around.random());
    var documents =
        new DocumentRoutes(
            new DiscoveryDocuments(around.registry(), settings.address()),
            new OpenApiDocuments(
                around.registry(),
                around.registry().schemas(),
                VersionDocument.ofThisBuild().text()));
    return new Routes(
        around.registry(),
        resources,
        documents,
        health,
        metrics,
        around.overseer(),
        new BackupAnswer(around.backups()));
  }

  public int port() {
    return port;
  }

  /// Stops: readiness fails, streams end cleanly, requests that are being carried out are answered.
  public CompletionStage<Void> stop() {
    health.stopping();
    streams.stop();
    return vertx
        .close()
        .onComplete(_ -> {
          streams.stop();
          workers.shutdown();
        })
        .toCompletionStage();
  }

  /// A free port is the same for the listeners of all event loops.
  private static SocketAddress address(ApiServerSettings settings) {
    return settings.port() == 0
        ? SocketAddress.sharedRandomPort(FREE_PORT_ID, settings.host())
        : SocketAddress.inetSocketAddress(settings.port(), settings.host());
  }

  private static HttpServerOptions options(
      ApiServerSettings settings, CertificateAuthenticator certificates) {
    var tls = settings.tls();
    int headers = settings.limits().headerBytes();
    var options =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setKeyValue(Buffer.buffer(tls.key()))
                    .setCertValue(Buffer.buffer(tls.certificate())))
            .setTrustOptions(TrustOptions.wrap(new ClientCertificates(certificates.authorities())))
            .setClientAuth(ClientAuth.REQUEST)
            .setTcpNoDelay(true)
            .setAcceptBacklog(1024)
            .setMaxHeaderSize(headers)
            .setMaxInitialLineLength(headers)
            .setHandle100ContinueAutomatically(true)
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setInitialSettings(
                new Http2Settings()
                    .setMaxConcurrentStreams(STREAMS_PER_CONNECTION)
                    .setMaxHeaderListSize(headers)
                    .setInitialWindowSize(1024 * 1024));
    options.setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
    options.setSslHandshakeTimeout(10).setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    options.setHttp2ConnectionWindowSize(4 * 1024 * 1024);
    return options;
  }
}
