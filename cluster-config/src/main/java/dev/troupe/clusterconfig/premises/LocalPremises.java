package dev.troupe.clusterconfig.premises;

import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.ClusterCertificates;
import dev.troupe.clusterconfig.certificates.Kubeconfig;
import dev.troupe.clusterconfig.certificates.MemberName;
import dev.troupe.clusterconfig.certificates.MutualTls;
import dev.troupe.clusterconfig.postgres.DatabaseAccess;
import dev.troupe.clusterconfig.postgres.LocalPostgres;
import dev.troupe.clusterconfig.postgres.StandbyServer;
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
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/// A PostgreSQL and an authority for members on this machine, below one directory.
public final class LocalPremises implements Premises {

  private static final String DATABASE = "postgres";
  private static final String STANDBY = "standby";
  private static final String LOOPBACK = "127.0.0.1";

  private final Path directory;
  private final CertificateDirectory authority;
  private final ClusterCertificates certificates;
  private final SecureRandom random;
  private LocalPostgres server;
  private DatabaseAccess access;
  private Optional<LocalPostgres> standby = Optional.empty();
  private Optional<LocalPostgres> former = Optional.empty();

  private LocalPremises(
      Path directory,
      CertificateDirectory authority,
      ClusterCertificates certificates,
      SecureRandom random,
      LocalPostgres server,
      DatabaseAccess access) {
    this.random = random;
    this.directory = directory;
    this.authority = authority;
    this.certificates = certificates;
    this.server = server;
    this.access = access;
  }

  /// Makes what is missing, and starts the database; whoever closes the premises ends it.
  ///
  /// @param clock for how long certificates are good
  /// @param random what keys and passwords are made of
  public static LocalPremises open(Path directory, InstantSource clock, SecureRandom random) {
    var authority = new CertificateDirectory(directory.resolve("pki"), clock, random);
    var certificates = authority.open();
    var server = new LocalPostgres(directory.resolve(DATABASE), random);
    return new LocalPremises(directory, authority, certificates, random, server, server.start());
  }

  /// The word of the command line of a database of premises below a directory that no other process
  /// has.
  public static String databaseWord(Path directory) {
    return LocalPostgres.word(directory.resolve(DATABASE));
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
    // Clients on this machine may ask through a proxy.
    var hosts = Stream.of(host, LOOPBACK).distinct().toList();
    if (authority.issue(new MemberName(member, hosts), target).isEmpty()) {
      throw new IllegalStateException("the authority's key is gone from " + directory);
    }
  }

  @Override
  public void kubeconfig(String address, Path target) {
    new Kubeconfig(address, certificates).write(target);
  }

  /// What an administrator of the cluster shows and trusts.
  public SSLContext tls() {
    return MutualTls.context(certificates.admin(), certificates.authority());
  }

  @Override
  public void stopDatabase() {
    server.stop();
  }

  @Override
  public void startDatabase() {
    var _ = server.start();
  }

  @Override
  public String standbyWord() {
    return LocalPostgres.word(directory.resolve(STANDBY));
  }

  @Override
  public void startStandby() {
    standby =
        Optional.of(
            new StandbyServer(directory.resolve(DATABASE), directory.resolve(STANDBY), random)
                .start());
  }

  @Override
  public boolean hasStandby() {
    return standby.isPresent();
  }

  @Override
  public void promoteStandby() {
    var next = standby.orElseThrow(() -> new IllegalStateException("there is no standby"));
    next.promote();
    former = Optional.of(server);
    server = next;
    access = next.start();
    standby = Optional.empty();
  }

  @Override
  public Optional<String> promotedWord() {
    return former.map(_ -> standbyWord());
  }

  @Override
  public void endSessions() {
    try (var session = session();
        var statement = session.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name LIKE 'troupe%'");
    } catch (SQLException e) {
      throw new IllegalStateException("the sessions with members cannot be ended", e);
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

  @Override
  public void close() {
    standby.ifPresent(LocalPostgres::stop);
    former.ifPresent(LocalPostgres::stop);
    server.stop();
  }
}
