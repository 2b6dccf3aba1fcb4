package dev.troupe.clusterconfig.endtoend;

import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.ClusterCertificates;
import dev.troupe.clusterconfig.certificates.Kubeconfig;
import dev.troupe.clusterconfig.certificates.MemberName;
import dev.troupe.clusterconfig.certificates.MutualTls;
import dev.troupe.clusterconfig.postgres.DatabaseAccess;
import dev.troupe.clusterconfig.postgres.LocalPostgres;
import dev.troupe.testkit.members.Premises;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;

/// A PostgreSQL and an authority of its own, below one directory.
final class LocalPremises implements Premises, AutoCloseable {

  private final Path directory;
  private final LocalPostgres server;
  private final DatabaseAccess access;
  private final CertificateDirectory authority;
  private final ClusterCertificates certificates;

  LocalPremises(Path directory) {
    var random = new SecureRandom();
    this.directory = directory;
    this.server = new LocalPostgres(directory.resolve("postgres"), random);
    this.access = server.start();
    this.authority =
        new CertificateDirectory(directory.resolve("pki"), InstantSource.system(), random);
    this.certificates = authority.open();
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public String storeUrl() {
    return access.url();
  }

  @Override
  public String storeUser() {
    return access.user();
  }

  @Override
  public Path storePasswordFile() {
    return access.passwordFile();
  }

  @Override
  public void certificates(String member, String host, Path target) {
    var _ = authority.issue(new MemberName(member, List.of(host)), target).orElseThrow();
  }

  @Override
  public void kubeconfig(String address, Path target) {
    new Kubeconfig(address, certificates).write(target);
  }

  /// What an administrator of the cluster shows and trusts.
  SSLContext tls() {
    return MutualTls.context(certificates.admin(), certificates.authority());
  }

  /// Ends the database's sessions with members.
  void endSessions() throws SQLException {
    try (var session = session();
        var statement = session.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name LIKE 'troupe%'");
    }
  }

  private Connection session() throws SQLException {
    try {
      var password = Files.readString(access.passwordFile()).strip();
      return DriverManager.getConnection(access.url(), access.user(), password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void stopDatabase() {
    server.stop();
  }

  void startDatabase() {
    server.start();
  }

  @Override
  public void close() {
    server.stop();
  }
}
