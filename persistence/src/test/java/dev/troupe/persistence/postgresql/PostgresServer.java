package dev.troupe.persistence.postgresql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipFile;

/// Real PostgreSQL servers, one of each version for all tests of a JVM, and new databases in them.
public final class PostgresServer {

  private static final Path BINARIES = Path.of("target", "postgresql");
  private static final Map<String, PostgresServer> RUNNING = new ConcurrentHashMap<>();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final EmbeddedPostgres server;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /// @param version the name of a file below `target/postgresql`
  static PostgresServer of(String version) {
    return RUNNING.computeIfAbsent(version, PostgresServer::start);
  }

  private static PostgresServer start(String version) {
    try {
      return new PostgresServer(builder(version).setServerConfig("max_connections", "200").start());
    } catch (IOException failure) {
      throw new UncheckedIOException("PostgreSQL " + version + " does not start", failure);
    }
  }

  /// One more, that is configured before it starts and is its starter's to close.
  ///
  /// @param version the name of a file below `target/postgresql`
  static EmbeddedPostgres.Builder builder(String version) {
    return EmbeddedPostgres.builder()
        .setPgBinaryResolver((_, _) -> archive(BINARIES.resolve(version + ".jar")))
        .setPGStartupWait(Duration.ofSeconds(30));
  }

  private static InputStream archive(Path jar) throws IOException {
    var zip = new ZipFile(jar.toFile());
    var entry =
        zip.stream()
            .filter(file -> file.getName().endsWith(".txz"))
            .findFirst()
            .orElseThrow(() -> new IOException(jar + " holds no server"));
    return zip.getInputStream(entry);
  }

  /// A store in a new, empty database.
  public static PostgresEventStore newStore(String version, InstantSource clock) {
    return PostgresEventStore.open(of(version).database(), clock);
  }

  /// A new, empty database.
  PostgresSettings database() {
    var name = "test" + DATABASES.incrementAndGet();
    try (var connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return settings("jdbc:postgresql://localhost:" + server.getPort() + "/" + name);
  }

  static PostgresSettings settings(String url) {
    return new PostgresSettings(
        url,
        "postgres",
        "",
        2,
        2,
        1_000,
        64,
        1 << 20,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMillis(500),
        Duration.ofSeconds(10));
  }
}
