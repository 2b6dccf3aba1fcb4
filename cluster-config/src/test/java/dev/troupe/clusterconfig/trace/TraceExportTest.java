package dev.troupe.clusterconfig.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.troupe.runtime.trace.TraceSpan;
import dev.troupe.runtime.trace.Traces.Step;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/// A collector gets what is recorded; one that is away, or hangs, holds nobody up and is said to be
/// so once.
@Timeout(60)
class TraceExportTest {

  private static final int MANY = 10_000;
  private static final URI NOWHERE = URI.create("http://collector.example:4318/v1/traces");
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Logger logger = (Logger) LoggerFactory.getLogger(WatchedExporter.class);
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<HttpServer> collectors = new ArrayList<>();

  @BeforeEach
  void listen() {
    said.start();
    logger.addAppender(said);
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
  }

  @AfterEach
  void close() {
    logger.detachAppender(said);
    logger.setAdditive(true);
    logger.setLevel(null);
    over.countDown();
    collectors.forEach(collector -> collector.stop(0));
    threads.close();
  }

  private URI collector(HttpHandler handler) throws IOException {
    var collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/v1/traces", handler);
    collector.setExecutor(threads);
    collector.start();
    collectors.add(collector);
    return at(collector.getAddress().getPort());
  }

  private static URI at(int port) {
    return URI.create("http://127.0.0.1:" + port + "/v1/traces");
  }

  private static URI closed() throws IOException {
    try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return at(nobody.getLocalPort());
    }
  }

  private static void take(HttpExchange exchange, BlockingQueue<String> bodies) throws IOException {
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private void hang() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static TraceSpan request(TraceExport export) {
    return export.traces().request(_ -> null, Instant.now());
  }

  private static void record(TraceExport export, int spans) {
    for (int i = 0; i < spans; i++) {
      request(export).end();
    }
  }

  private List<String> said(Level level) {
    return List.copyOf(said.list).stream()
        .filter(event -> event.getLevel() == level)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void collectorGetsSpansAndWhoseTheyAre() throws IOException, InterruptedException {
    var bodies = new LinkedBlockingQueue<String>();
    try (var export = TraceExport.to(collector(exchange -> take(exchange, bodies)), 1, "m1")) {
      var request = request(export).with("verb", "create");
      export.traces().begin(Step.APPEND, request.context()).with("epoch", 7).end();
      request.end();

      // Nobody has asked for it to be sent now.
      var body = requireNonNull(bodies.poll(SOON.toSeconds(), TimeUnit.SECONDS));

      assertThat(body)
          .contains("service.name", "troupe", "service.instance.id", "m1")
          .contains("request", "append", "verb", "create", "epoch");
      assertThat(export.lost()).isZero();
    }
    assertThat(said.list).isEmpty();
  }

  @Test
  void whatWaitsIsSentAtTheEnd() throws IOException {
    var bodies = new LinkedBlockingQueue<String>();
    var export = TraceExport.to(collector(exchange -> take(exchange, bodies)), 1, "m1");
    record(export, 3);

    export.close();

    assertThat(String.join("", bodies).split("request", -1)).hasSize(4);
    assertThat(export.lost()).isZero();
  }

  @Test
  void longValuesAreCut() throws IOException {
    var bodies = new LinkedBlockingQueue<String>();
    var export = TraceExport.to(collector(exchange -> take(exchange, bodies)), 1, "m1");
    request(export).with("resource", "x".repeat(MANY)).end();

    export.close();

    assertThat(String.join("", bodies)).contains("x".repeat(256)).doesNotContain("x".repeat(257));
  }

  @Test
  void collectorThatIsAwayIsSaidToBeSoOnce() throws IOException {
    var endpoint = closed();
    var export = TraceExport.to(endpoint, 1, "m1");
    record(export, TraceExport.MOST_WAITING);

    export.close();

    assertThat(export.lost()).isEqualTo(TraceExport.MOST_WAITING);
    assertThat(said(Level.WARN))
        .singleElement()
        .asString()
        .startsWith(endpoint + " does not take spans, which are lost until it does: ")
        .endsWith("java.net.ConnectException");
  }

  @Test
  void collectorThatRefusesIsSaidToBeSoOnce() throws IOException {
    var endpoint =
        collector(exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    var export = TraceExport.to(endpoint, 1, "m1");
    record(export, TraceExport.MOST_WAITING);

    export.close();

    assertThat(export.lost()).isEqualTo(TraceExport.MOST_WAITING);
    assertThat(said(Level.WARN)).singleElement().asString().endsWith(": it refuses them");
  }

  @Test
  void collectorThatComesBackIsSaidToBeThere() {
    var export =
        TraceExport.by(
            new Odd(attempt ->
                attempt == 1
                    ? CompletableResultCode.ofFailure()
                    : CompletableResultCode.ofSuccess()),
            NOWHERE,
            1,
            "m1");
    record(export, TraceExport.MOST_WAITING);

    export.close();

    assertThat(export.lost()).isPositive().isLessThan(TraceExport.MOST_WAITING);
    assertThat(said(Level.WARN)).hasSize(1);
    assertThat(said(Level.INFO))
        .containsExactly(NOWHERE + " takes spans again; " + export.lost() + " have been lost");
  }

  /// Of a collector that takes the bytes and does not answer nothing is heard for seconds.
  @Test
  void collectorThatHangsHoldsNobodyUp() throws IOException {
    var endpoint = collector(_ -> hang());
    var export = TraceExport.to(endpoint, 1, "m1");

    long began = System.nanoTime();
    record(export, MANY);
    long recorded = System.nanoTime();
    export.close();
    long closed = System.nanoTime();

    assertThat(export.lost()).isBetween((long) MANY - TraceExport.MOST_WAITING, (long) MANY);
    assertThat(Duration.ofNanos(recorded - began)).isLessThan(Duration.ofSeconds(4));
    assertThat(Duration.ofNanos(closed - recorded)).isLessThan(Duration.ofSeconds(10));
  }

  /// One that begins to answer is not given up by the client of HTTP: two of its answers are waited
  /// for, and no more.
  @Test
  void nothingMoreIsSentToACollectorThatDoesNotGoOn() {
    var odd = new Odd(_ -> new CompletableResultCode());
    var backlog = new SpanBacklog(10);
    var exporter = new WatchedExporter(odd, backlog, NOWHERE);

    for (int i = 0; i < 5; i++) {
      exporter.export(List.of());
    }

    assertThat(odd.attempts).isEqualTo(2);
    assertThat(said(Level.WARN)).singleElement().asString().contains("it does not answer");
  }

  @Test
  void exporterThatFailsIsLikeOneThatRefuses() {
    var export =
        TraceExport.by(
            new Odd(_ -> {
              throw new IllegalStateException("broken");
            }),
            NOWHERE,
            1,
            "m1");
    record(export, 5);

    export.close();

    assertThat(export.lost()).isEqualTo(5);
    assertThat(said(Level.WARN)).singleElement().asString().contains("broken");
  }

  @Test
  void clientsChooseWhereNoTraceIsBegun() throws IOException {
    var bodies = new LinkedBlockingQueue<String>();
    var export = TraceExport.to(collector(exchange -> take(exchange, bodies)), 0, "m1");
    record(export, 100);

    export.close();

    assertThat(bodies).isEmpty();
  }

  /// Answers as it is told.
  private static final class Odd implements SpanExporter {

    private final IntFunction<CompletableResultCode> answer;
    private int attempts;

    private Odd(IntFunction<CompletableResultCode> answer) {
      this.answer = answer;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return answer.apply(++attempts);
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
