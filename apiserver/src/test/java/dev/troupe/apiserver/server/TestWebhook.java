package dev.troupe.apiserver.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Converts things: in `v1` they have `spec.address`, in `v2` its two parts `host` and `port`.
final class TestWebhook implements AutoCloseable {

  private static final int NO_BACKLOG = 0;

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String authority;
  final AtomicInteger reviews = new AtomicInteger();

  /// What is done to answers.
  volatile UnaryOperator<ObjectNode> twist = UnaryOperator.identity();

  /// Runs before an answer is given.
  volatile Runnable pause = () -> {};

  TestWebhook(TestCertificates certificates) throws IOException {
    authority = certificates.authorityPem();
    server = HttpsServer.create(new InetSocketAddress(0), NO_BACKLOG);
    server.setHttpsConfigurator(new HttpsConfigurator(certificates.context(certificates.server())));
    server.setExecutor(threads);
    server.createContext("/convert", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "https://127.0.0.1:" + port() + "/convert";
  }

  /// What stands in a definition.
  String conversion() {
    return conversion("'url':'" + url() + "'");
  }

  String conversion(String where) {
    return """
    'conversion':{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v1'],
     'clientConfig':{%s,'caBundle':'%s'}}}
    """
        .formatted(where, Base64.getEncoder().encodeToString(authority.getBytes(UTF_8)));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var review = TestServer.JSON.readTree(exchange.getRequestBody().readAllBytes());
      reviews.incrementAndGet();
      pause.run();
      var answer = twist.apply(answer(review.path("request"))).toString().getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static ObjectNode answer(JsonNode request) {
    var answer = TestServer.JSON.createObjectNode();
    answer.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "ConversionReview");
    var response = answer.putObject("response").put("uid", request.path("uid").asString());
    response.putObject("result").put("status", "Success");
    ArrayNode converted = response.putArray("convertedObjects");
    var wanted = request.path("desiredAPIVersion").asString();
    request.path("objects").forEach(each -> converted.add(converted((ObjectNode) each, wanted)));
    return answer;
  }

  private static ObjectNode converted(ObjectNode object, String wanted) {
    object.put("apiVersion", wanted);
    if (object.path("spec") instanceof ObjectNode spec) {
      if (wanted.endsWith("/v1")) {
        var host = spec.remove("host");
        var port = spec.remove("port");
        if (host != null) {
          spec.put("address", host.asString() + ":" + (port == null ? "" : port.asString()));
        }
      } else if (spec.has("address")) {
        var parts = spec.path("address").asString().split(":", 2);
        spec.remove("address");
        spec.put("host", parts[0]);
        spec.put("port", parts.length < 2 ? "" : parts[1]);
      }
    }
    return object;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
