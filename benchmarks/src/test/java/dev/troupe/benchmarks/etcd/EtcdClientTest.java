package dev.troupe.benchmarks.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The client against a server that speaks gRPC's HTTP/2.
class EtcdClientTest {

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Buffer> bodies = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void putIsOneMessageOfTheKeyAndTheValue() throws Exception {
    try (var client = new EtcdClient(serving(request -> answer(request, "0")), 1, 1)) {
      assertThat(client.put(bytes("k1"), bytes("val")).await()).isEqualTo(7);
    }

    var body = bodies.poll(10, TimeUnit.SECONDS);
    assertThat(body).isNotNull();
    assertThat(body.getBytes())
        .containsExactly(0, 0, 0, 0, 9, 0x0a, 2, 'k', '1', 0x12, 3, 'v', 'a', 'l');
  }

  @Test
  void lengthsOfMoreThanAByteAreWritten() {
    var framed = Messages.put(bytes("k"), new byte[1_536]);

    assertThat(framed.getInt(1)).isEqualTo(framed.length() - 5).isEqualTo(3 + 3 + 1_536);
  }

  @Test
  void statusBehindTheBodyFailsAPut() throws Exception {
    try (var client = new EtcdClient(serving(request -> answer(request, "8")), 1, 1)) {
      assertThatThrownBy(() -> client.put(bytes("k"), bytes("v")).await())
          .hasMessageContaining("gRPC status 8");
    }
  }

  @Test
  void statusInsteadOfABodyFailsAPut() throws Exception {
    var uri = serving(request -> request.response().putHeader("grpc-status", "14").end());
    try (var client = new EtcdClient(uri, 1, 1)) {
      assertThatThrownBy(() -> client.put(bytes("k"), bytes("v")).await())
          .hasMessageContaining("gRPC status 14");
    }
  }

  @Test
  void missingProgramIsToldWithItsPackage() {
    assertThatThrownBy(() -> EtcdProcess.program("/nowhere"))
        .hasMessageContaining("etcd is not on the PATH")
        .hasMessageContaining("etcd-server");
  }

  private void answer(HttpServerRequest request, String status) {
    request
        .body()
        .onSuccess(body -> {
          bodies.add(body);
          request
              .response()
              .putHeader("content-type", "application/grpc")
              .putTrailer("grpc-status", status)
              .end(Buffer.buffer(new byte[] {0, 0, 0, 0, 4, 0x0a, 2, 0x18, 7}));
        });
  }

  private URI serving(Consumer<HttpServerRequest> handler) {
    HttpServer server =
        vertx.createHttpServer().requestHandler(handler::accept).listen(0, "127.0.0.1").await();
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
