package dev.troupe.clusterconfig.certificates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificates that a member was given, as [CertificateDirectory#issue] writes them. Nothing
/// is changed: no authority is here that could make others.
public final class ReceivedCertificates {

  private static final Logger LOG = LoggerFactory.getLogger(ReceivedCertificates.class);

  private final Path directory;
  private final InstantSource clock;

  public ReceivedCertificates(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /// @param host at which other members reach this one
  /// @throws DamagedCertificateException if something is missing or unfit; says what to do
  public MemberCertificates read(String host) {
    var authority = authority();
    var member = credential("member", authority);
    var server = credential("apiserver", authority);
    var shown = member.certificate();
    if (!MemberName.isOf(shown)) {
      throw unfit(
          "member", "it is that of " + shown.getSubjectX500Principal() + ", who is no member");
    }
    if (!MemberName.isValidFor(shown, host)) {
      throw unfit(
          "member",
          "it is valid for %s, and other members reach this one at %s"
              .formatted(MemberName.hosts(shown), host));
    }
    return new MemberCertificates(authority, server, member);
  }

  private X509Certificate authority() {
    var file = directory.resolve("ca.crt");
    try {
      return Pem.certificate(Files.readString(file));
    } catch (IOException missing) {
      throw DamagedCertificateException.ofReceived(file, "it cannot be read");
    } catch (GeneralSecurityException damaged) {
      throw DamagedCertificateException.ofReceived(file, String.valueOf(damaged.getMessage()));
    }
  }

  private Credential credential(String name, X509Certificate authority) {
    var found =
        new CertificateDirectory(directory, clock, new SecureRandom())
            .received(name)
            .orElseThrow(() -> unfit(name, "it cannot be read"));
    if (!found.isIssuedBy(authority)) {
      throw unfit(name, "it was not issued by the authority of ca.crt beside it");
    }
    var now = clock.instant();
    var end = found.certificate().getNotAfter().toInstant();
    if (found.expiresBefore(now)) {
      throw unfit(name, "it ended at " + end);
    }
    if (found.certificate().getNotBefore().toInstant().isAfter(now)) {
      throw unfit(name, "it begins only later, or this machine's clock is behind");
    }
    if (found.expiresBefore(now.plus(CertificateDirectory.RENEWAL))) {
      LOG.warn("{} ends at {}: {}", file(name), end, DamagedCertificateException.ISSUE);
    }
    return found;
  }

  private DamagedCertificateException unfit(String name, String problem) {
    return DamagedCertificateException.ofReceived(file(name), problem);
  }

  private Path file(String name) {
    return directory.resolve(name + ".crt");
  }
}
