package dev.troupe.benchmarks.store;

import com.typesafe.config.ConfigFactory;
import dev.troupe.benchmarks.load.Metered;
import dev.troupe.persistence.postgresql.PostgresSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A database for one side after the other: in a server of its own on loopback, or an empty one in
/// a server that runs already.
final class PostgresServer implements Metered, AutoCloseable {

  /// Transactions that have written so far, in all of the server.
  private static final String COMMITS = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text";

  private static final String OTHERS =
      "SELECT count(*) FROM pg_stat_activity"
          + " WHERE datname = current_database() AND pid <> pg_backend_pid()";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final PostgresSettings settings;
  private final Connection connection;
  private final @Nullable EmbeddedPostgres own;
  private final Optional<ProcessHandle> process;

  private PostgresServer(
      PostgresSettings settings, @Nullable EmbeddedPostgres own, Optional<ProcessHandle> process) {
    this.settings = settings;
    this.own = own;
    this.process = process;
    try {
      connection = connect();
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  static PostgresServer below(Path directory) {
    try {
      var files = directory.resolve("database");
      var own =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(directory.resolve("server").toFile())
              .setDataDirectory(files)
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("fsync", "on")
              .setPGStartupWait(PATIENCE)
              .start();
      var pid = Files.readAllLines(files.resolve("postmaster.pid")).getFirst();
      return new PostgresServer(
          settings("jdbc:postgresql://localhost:" + own.getPort() + "/postgres", "postgres"),
          own,
          ProcessHandle.of(Long.parseLong(pid.strip())));
    } catch (IOException failure) {
      throw new UncheckedIOException("PostgreSQL does not start", failure);
    }
  }

  /// User and password are those of the configuration.
  ///
  /// @throws IllegalStateException if the database holds an event store
  static PostgresServer at(String url) {
    var user = ConfigFactory.load().getString("troupe.store.postgresql.user");
    var server = new PostgresServer(settings(url, user), null, Optional.empty());
    if (server.number("SELECT count(*) FROM pg_namespace WHERE nspname = 'troupe'") > 0) {
      server.close();
      throw new IllegalStateException(
          "the database has a schema `troupe` that would be dropped: name an empty database");
    }
    return server;
  }

  private static PostgresSettings settings(String url, String user) {
    var section = "troupe.store.postgresql.";
    return PostgresSettings.from(
        ConfigFactory.parseMap(Map.of(section + "url", url, section + "user", user))
            .withFallback(ConfigFactory.load()));
  }

  PostgresSettings settings() {
    return settings;
  }

  /// What the server calls itself, and what it promises.
  String name() {
    return "PostgreSQL " + text("SHOW server_version") + ", fsync=" + text("SHOW fsync");
  }

  /// A session like those of the engine.
  Connection connect() throws SQLException {
    var connection =
        DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    try (var statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = on");
      statement.execute("SET jit = off");
    }
    return connection;
  }

  /// Commits that wrote something; each waits for a sync.
  @Override
  public long syncs() {
    return number(COMMITS);
  }

  /// Syncs of the write-ahead log, of which several commits may share one. Sessions tell theirs at
  /// the latest when they end, so it waits until there are no others.
  long walSyncs() {
    awaitAlone();
    return number(
        number("SHOW server_version_num") < 180_000
            ? "SELECT wal_sync FROM pg_stat_wal"
            : "SELECT sum(fsyncs) FROM pg_stat_io WHERE object = 'wal'");
  }

  private void awaitAlone() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (number(OTHERS) > 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("others use the database");
      }
      Thread.onSpinWait();
    }
  }

  long events() {
    return number("SELECT count(*) FROM troupe.event");
  }

  /// Forgets what is stored.
  void dropTables() {
    try (var statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS troupe CASCADE");
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  private long number(String query) {
    return Long.parseLong(text(query));
  }

  private String text(String query) {
    try (var statement = connection.createStatement()) {
      var row = statement.executeQuery(query);
      row.next();
      return String.valueOf(row.getString(1));
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  private static IllegalStateException failed(SQLException failure) {
    return new IllegalStateException("the database failed: " + failure.getMessage(), failure);
  }

  @Override
  public Optional<ProcessHandle> process() {
    return process;
  }

  @Override
  public void close() {
    try (own) {
      connection.close();
    } catch (SQLException | IOException failure) {
      throw new IllegalStateException("PostgreSQL cannot be left: " + failure, failure);
    }
  }
}
