package dev.troupe.benchmarks;

import dev.troupe.testkit.process.Api;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Posts objects over HTTPS (HTTP/1.1) from a number of connections, each sending its next request
/// when the last is answered.
final class LoadClient implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Path kubeconfig;
  private final URI server;

  LoadClient(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
    this.server = URI.create(Api.server(kubeconfig));
  }

  /// What a run came to.
  ///
  /// @param latencies in microseconds
  record Result(double perSecond, Histogram latencies, long failures) {}

  /// Sends `body(0)`, `body(1)`, … to `path` for a while.
  Result post(String path, int connections, Duration duration, LongFunction<String> body) {
    return run(path, connections, Long.MAX_VALUE, duration, body);
  }

  /// Sends exactly `count` requests.
  Result postAll(String path, int connections, long count, LongFunction<String> body) {
    return run(path, connections, count, Duration.ofMinutes(10), body);
  }

  private Result run(
      String path, int connections, long count, Duration duration, LongFunction<String> body) {
    var latencies = new ConcurrentHistogram(TimeUnit.SECONDS.toMicros(60), 3);
    var next = new AtomicLong();
    var failures = new AtomicLong();
    var running = new CountDownLatch(connections);
    var client = client(connections);
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    for (int connection = 0; connection < connections; connection++) {
      vertx.runOnContext(
          _ -> new Loop(client, path, body, count, end, latencies, next, failures, running).send());
    }
    try {
      running.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    client.close();
    return new Result(latencies.getTotalCount() / seconds, latencies, failures.get());
  }

  private HttpClientAgent client(int connections) {
    var credentials = Api.credentials(kubeconfig);
    var options =
        new HttpClientOptions()
            .setDefaultHost(server.getHost())
            .setDefaultPort(server.getPort())
            .setSsl(true)
            .setKeepAlive(true)
            .setTrustOptions(
                new PemTrustOptions().addCertValue(Buffer.buffer(credentials.authority())))
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(credentials.certificate()))
                    .addKeyValue(Buffer.buffer(credentials.key())));
    return vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(connections));
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  /// One connection's loop.
  private record Loop(
      HttpClientAgent client,
      String path,
      LongFunction<String> body,
      long count,
      long end,
      Histogram latencies,
      AtomicLong next,
      AtomicLong failures,
      CountDownLatch running) {

    void send() {
      long number = next.getAndIncrement();
      long start = System.nanoTime();
      if (number >= count || start >= end) {
        running.countDown();
        return;
      }
      client
          .request(new RequestOptions().setMethod(HttpMethod.POST).setURI(path))
          .compose(request ->
              request
                  .putHeader("Content-Type", "application/json")
                  .send(Buffer.buffer(body.apply(number))))
          .compose(response -> response.body().map(_ -> response.statusCode()))
          .onComplete(answer -> {
            if (answer.succeeded() && answer.result() == 201) {
              latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
            } else {
              failures.incrementAndGet();
            }
            send();
          });
    }
  }
}
