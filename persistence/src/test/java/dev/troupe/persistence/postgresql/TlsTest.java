package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.runtime.store.StoreException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is reached over TLS only, by a user with a password.
@SuppressWarnings("NullAway.Init")
class TlsTest {

  private static final String SECRET = "open sesame";

  private static @TempDir Path directory;
  private static Certificate certificate;
  private static Certificate other;
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws Exception {
    certificate = Certificate.of("localhost", directory.resolve("server"));
    other = Certificate.of("localhost", directory.resolve("other"));
    server =
        PostgresServer.builder("18")
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", certificate.certificate().toString())
            .setServerConfig("ssl_key_file", certificate.key().toString())
            .setDataDirectoryCustomizer(TlsTest::demandTlsAndPassword)
            .start();
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE ROLE ada LOGIN PASSWORD '" + SECRET + "'");
      statement.execute("GRANT ALL ON DATABASE postgres TO ada");
    }
  }

  private static void demandTlsAndPassword(File data) {
    try {
      Files.writeString(
          data.toPath().resolve("pg_hba.conf"),
          """
          hostssl all ada all scram-sha-256
          host all postgres all trust
          """);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static String url(String host, Certificate trusted) {
    return "jdbc:postgresql://%s:%d/postgres?sslmode=verify-full&sslrootcert=%s"
        .formatted(host, server.getPort(), trusted.certificate());
  }

  /// What is configured, and what the environment says.
  private static PostgresSettings settings(
      String url, Map<String, String> configured, Map<String, String> environment) {
    var section = "troupe.store.postgresql";
    Config defaults =
        ConfigFactory.parseResources("reference.conf")
            .withOnlyPath(section)
            .withFallback(ConfigFactory.parseMap(environment))
            .resolve();
    var more =
        ConfigFactory.parseMap(configured).withFallback(ConfigFactory.parseMap(Map.of("url", url)));
    return PostgresSettings.from(more.atPath(section).withFallback(defaults));
  }

  private static PostgresSettings settings(String url, String password) {
    return settings(url, Map.of("user", "ada", "password", password), Map.of());
  }

  /// The same for what is refused, which is tried again for as long as a connection may take.
  private static PostgresSettings hasty(String url, String password) {
    return settings(
        url, Map.of("user", "ada", "password", password, "connect-timeout", "2s"), Map.of());
  }

  private static PostgresEventStore open(PostgresSettings settings) {
    return PostgresEventStore.open(settings, InstantSource.fixed(NOW));
  }

  private static void assertAdaIsEncrypted() throws SQLException {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      var row =
          statement.executeQuery(
              "SELECT count(*), bool_and(s.ssl) FROM pg_stat_ssl s"
                  + " JOIN pg_stat_activity a USING (pid) WHERE a.usename = 'ada'");
      row.next();
      assertThat(row.getInt(1)).isPositive();
      assertThat(row.getBoolean(2)).isTrue();
    }
  }

  @Test
  void serverWithItsCertificateIsUsedOverTls() throws SQLException {
    try (var store = open(settings(url("localhost", certificate), SECRET))) {
      assertThat(await(store.open(PARTITION)).epoch()).isPositive();

      assertAdaIsEncrypted();
    }
  }

  @Test
  void credentialsMayComeFromTheEnvironment() {
    var environment = Map.of("TROUPE_STORE_USER", "ada", "TROUPE_STORE_PASSWORD", SECRET);

    open(settings(url("localhost", certificate), Map.of(), environment)).close();
  }

  @Test
  void passwordMayComeFromAFile() throws IOException {
    var file = Files.writeString(directory.resolve("password"), SECRET + "\n");
    var configured = Map.of("user", "ada", "password-file", file.toString());

    open(settings(url("localhost", certificate), configured, Map.of())).close();
  }

  @Test
  void serverWithAnotherCertificateIsRefused() {
    assertRefused(hasty(url("localhost", other), SECRET), "PKIX path");
  }

  @Test
  void serverOfAnotherNameIsRefused() {
    assertRefused(hasty(url("127.0.0.1", certificate), SECRET), "127.0.0.1");
  }

  @Test
  void wrongPasswordIsToldWithoutIt() {
    assertRefused(
        hasty(url("localhost", certificate), "open barley"),
        "password authentication failed for user \"ada\"");
  }

  @Test
  void connectionWithoutTlsIsRefusedByTheServer() {
    var plain = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres?sslmode=disable";

    assertRefused(hasty(plain, SECRET), "no encryption");
  }

  private static void assertRefused(PostgresSettings settings, String reason) {
    assertThatThrownBy(() -> open(settings))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be reached")
        .hasMessageContaining(reason)
        .hasMessageNotContainingAny(SECRET, "barley");
  }
}
