package dev.troupe.controllerhost.collection;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.troupe.controllerhost.connection.ApiConnection;
import dev.troupe.controllerhost.connection.ConnectionLimits;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An API server that does what it is told to, one request after the other.
public final class ScriptedServer implements AutoCloseable {

  /// Answers one request.
  @FunctionalInterface
  public interface Step {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentLinkedDeque<Step> steps = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();

  private ScriptedServer(HttpServer server) {
    this.server = server;
  }

  public static ScriptedServer start() {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var scripted = new ScriptedServer(HttpServer.create(address, 0));
      scripted.server.setExecutor(scripted.threads);
      scripted.server.createContext("/", scripted::handle);
      scripted.server.start();
      return scripted;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    var step = steps.poll();
    if (step == null) {
      answer(exchange, 404, "{\"kind\":\"Status\",\"reason\":\"NotFound\",\"code\":404}");
    } else {
      step.answer(exchange);
    }
  }

  public static void answer(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /// The next request is answered by this.
  public ScriptedServer then(Step step) {
    steps.add(step);
    return this;
  }

  public ScriptedServer then(int code, String body) {
    return then(exchange -> answer(exchange, code, body));
  }

  /// The requests that have come, with their method.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  public Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
        .build();
  }

  ApiConnection connection() {
    return ApiConnection.of(config(), ConnectionLimits.STANDARD, System::nanoTime);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
