package dev.troupe.benchmarks.etcd;

import dev.troupe.benchmarks.load.Scrape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// What an etcd tells about itself.
public final class EtcdMetrics {

  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(DEADLINE).build();
  private final URI server;

  EtcdMetrics(URI server) {
    this.server = server;
  }

  boolean isHealthy() {
    try {
      return get("/health").contains("\"true\"");
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /// Syncs of the log, for one of which every put waits.
  public long logSyncs() {
    return (long) value("etcd_disk_wal_fsync_duration_seconds_count");
  }

  private double value(String name) {
    return new Scrape(get("/metrics")).value(name);
  }

  private String get(String path) {
    var request = HttpRequest.newBuilder(server.resolve(path)).timeout(DEADLINE).build();
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while asking etcd", e);
    }
  }
}
