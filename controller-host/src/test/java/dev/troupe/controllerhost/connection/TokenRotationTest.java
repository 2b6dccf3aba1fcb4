package dev.troupe.controllerhost.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.troupe.controllerhost.collection.ScriptedServer;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In a pod the token of the service account is a file that is written anew before the old token is
/// worth nothing.
class TokenRotationTest {

  private static final String MASTER = "kubernetes.master";
  private static final String TOKEN = "kubernetes.auth.serviceAccount.token";
  private static final String TRY_KUBECONFIG = "kubernetes.auth.tryKubeConfig";

  @TempDir private Path directory;

  private final ConcurrentLinkedQueue<String> shown = new ConcurrentLinkedQueue<>();

  @AfterEach
  void forget() {
    List.of(MASTER, TOKEN, TRY_KUBECONFIG).forEach(System::clearProperty);
  }

  private void answer(HttpExchange exchange, int code) throws IOException {
    shown.add(exchange.getRequestHeaders().getFirst("Authorization"));
    ScriptedServer.answer(exchange, code, "{\"kind\":\"Status\",\"code\":" + code + "}");
  }

  @Test
  void tokenIsReadAgainWhenTheOldOneIsWorthNothing() throws IOException {
    var token = directory.resolve("token");
    Files.writeString(token, "old");
    try (var server = ScriptedServer.start()) {
      Map.of(
              MASTER, server.config().getMasterUrl(),
              TOKEN, token.toString(),
              TRY_KUBECONFIG, "false")
          .forEach(System::setProperty);
      server.then(exchange -> answer(exchange, 200));
      server.then(exchange -> answer(exchange, 401));
      server.then(exchange -> answer(exchange, 200));
      try (var connection =
          ApiConnection.of(
              Config.autoConfigure(null), ConnectionLimits.STANDARD, System::nanoTime)) {
        var call = RemoteCall.get("/version");
        assertThat(connection.send(call).toCompletableFuture().join().code()).isEqualTo(200);

        Files.writeString(token, "new");
        assertThat(connection.send(call).toCompletableFuture().join().code()).isEqualTo(200);
      }
    }
    assertThat(shown).containsExactly("Bearer old", "Bearer old", "Bearer new");
  }
}
