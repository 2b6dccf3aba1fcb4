package dev.troupe.benchmarks.failover;

import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.ClusterCertificates;
import dev.troupe.clusterconfig.certificates.Kubeconfig;
import dev.troupe.clusterconfig.certificates.MemberName;
import dev.troupe.clusterconfig.postgres.DatabaseAccess;
import dev.troupe.clusterconfig.postgres.LocalPostgres;
import dev.troupe.testkit.members.Premises;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/// A PostgreSQL and an authority for members on this machine, below one directory.
public final class MachinePremises implements Premises, AutoCloseable {

  private final Path directory;
  private final LocalPostgres server;
  private final DatabaseAccess access;
  private final CertificateDirectory authority;
  private final ClusterCertificates certificates;

  public MachinePremises(Path directory) {
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
    if (authority.issue(new MemberName(member, List.of(host)), target).isEmpty()) {
      throw new IllegalStateException("the authority's key is gone");
    }
  }

  @Override
  public void kubeconfig(String address, Path target) {
    new Kubeconfig(address, certificates).write(target);
  }

  /// Ends PostgreSQL; nobody is told.
  void stopDatabase() {
    server.stop();
  }

  /// Returns when it takes connections again.
  void startDatabase() {
    var _ = server.start();
  }

  @Override
  public void close() {
    server.stop();
  }
}
