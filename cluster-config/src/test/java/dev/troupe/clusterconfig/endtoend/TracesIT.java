package dev.troupe.clusterconfig.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A member sends its spans to the collector that it is told, and without one there is nothing of
/// it.
@Tag("thorough")
class TracesIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  @TempDir private Path directory;

  private TroupeProcess up(String name, String... options) {
    return TroupeProcess.up(
        directory.resolve(name),
        0,
        Map.of("JDK_JAVA_OPTIONS", String.join(" ", options)),
        "--nodes",
        "0");
  }

  private static String tracesTo(HttpServer collector) {
    return "-Dtroupe.traces.endpoint=http://127.0.0.1:" + collector.getAddress().getPort();
  }

  private static HttpServer collector(ExecutorService threads) throws IOException {
    var collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.setExecutor(threads);
    collector.start();
    return collector;
  }

  private static void create(Api api, String name) {
    var body =
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"secret":"geheim"}}
        """
            .formatted(name);
    assertThat(api.send("POST", MAPS, body, "application/json").code()).isEqualTo(201);
  }

  @Test
  void collectorGetsTheSpansOfAWrite() throws IOException, InterruptedException {
    var bodies = new LinkedBlockingQueue<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var collector = collector(threads);
      collector.createContext("/v1/traces", exchange -> take(exchange, bodies));
      try (var troupe = up("traced", tracesTo(collector))) {
        create(troupe.api(), "one");

        var sent = new StringBuilder();
        while (!sent.toString().contains("append")) {
          var body = bodies.poll(SOON.toSeconds(), TimeUnit.SECONDS);
          assertThat(body).as("a batch of spans").isNotNull();
          sent.append(body);
        }
        assertThat(sent)
            .contains("service.name", "troupe", "service.instance.id", "alone")
            .contains("request", "partition", "decide", "append", "configmaps")
            .doesNotContain("geheim");
      } finally {
        collector.stop(0);
      }
    }
  }

  private static void take(HttpExchange exchange, LinkedBlockingQueue<String> bodies)
      throws IOException {
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Test
  void collectorThatHangsDelaysNeitherWritesNorTheEnd() throws IOException {
    var over = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var collector = collector(threads);
      collector.createContext("/v1/traces", _ -> hang(over));
      try (var troupe = up("hanging", tracesTo(collector))) {
        var api = troupe.api();
        long began = System.nanoTime();
        for (int i = 0; i < 200; i++) {
          create(api, "map-" + i);
        }
        long written = System.nanoTime();
        assertThat(troupe.stop()).isZero();
        long stopped = System.nanoTime();

        assertThat(Duration.ofNanos(written - began)).isLessThan(Duration.ofSeconds(20));
        assertThat(Duration.ofNanos(stopped - written)).isLessThan(Duration.ofSeconds(20));
      } finally {
        over.countDown();
        collector.stop(0);
      }
    }
  }

  private static void hang(CountDownLatch over) {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void withoutACollectorNothingOfItIsLoaded() throws IOException {
    var loaded = directory.resolve("loaded.txt");
    try (var troupe = up("off", "-Xlog:class+load:file=" + loaded)) {
      create(troupe.api(), "one");
      assertThat(troupe.stop()).isZero();
    }

    try (var lines = Files.lines(loaded)) {
      var classes = lines.toList();
      assertThat(classes).anyMatch(line -> line.contains("dev.troupe.runtime.trace.Traces"));
      assertThat(classes).noneMatch(line -> line.contains("io.opentelemetry"));
    }
  }

  @Test
  void endpointThatIsNoneIsRefused() {
    assertThatThrownBy(() -> up("wrong", "-Dtroupe.traces.endpoint=collector:4318"))
        .hasMessageContaining("troupe up ended")
        .hasMessageContaining("troupe: system properties: troupe.traces.endpoint must be a URL")
        .hasMessageNotContaining("Exception");
    assertThatThrownBy(() -> up("ratio", "-Dtroupe.traces.ratio=2"))
        .hasMessageContaining("troupe.traces.ratio is 2.0, and must be from 0 to 1");
  }
}
