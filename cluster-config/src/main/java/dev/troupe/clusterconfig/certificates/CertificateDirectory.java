package dev.troupe.clusterconfig.certificates;

import dev.troupe.runtime.failure.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The certificates of a cluster as files: made when missing, kept when good, renewed in time.
///
/// What is damaged is never replaced silently: somebody may hold a copy of what it was.
public final class CertificateDirectory {

  /// What is left of a certificate's life when it is replaced.
  static final Duration RENEWAL = Duration.ofDays(30);

  /// Loopback, and names and address of the `kubernetes` service.
  private static final List<String> SERVER_NAMES =
      List.of(
          "localhost",
          "kubernetes",
          "kubernetes.default",
          "kubernetes.default.svc",
          "kubernetes.default.svc.cluster.local",
          "127.0.0.1",
          "::1",
          "10.96.0.1");

  private final Path directory;
  private final InstantSource clock;
  private final SecureRandom random;

  public CertificateDirectory(Path directory, InstantSource clock, SecureRandom random) {
    this.directory = directory;
    this.clock = clock;
    this.random = random;
  }

  /// Makes what is missing, and renews what is about to end.
  public ClusterCertificates open() {
    var certificates = open(Runnable::run);
    certificates.admin();
    return certificates;
  }

  /// The same, but does not wait for what takes longest to make and is needed last: the
  /// administrator's certificate, with its RSA key.
  ///
  /// @param later makes that one, if it is not there
  public ClusterCertificates open(Executor later) {
    PrivateFile.createDirectory(directory);
    var authority = authority();
    var issuer = new CertificateAuthority(authority, random);
    return new ClusterCertificates(
        authority,
        server(issuer, authority, List.of()),
        issuedLater(
            "admin",
            authority,
            () -> issuer.issueClient("kubernetes-admin", "system:masters", clock.instant()),
            later),
        member(issuer, authority, MemberName.SINGLE));
  }

  private Credential server(CertificateAuthority issuer, Credential authority, List<String> hosts) {
    var names = MemberName.alternatives(Stream.concat(SERVER_NAMES.stream(), hosts.stream()));
    return issued(
        "apiserver",
        authority,
        found -> MemberName.hosts(found).containsAll(MemberName.asShown(hosts)),
        () -> issuer.issueServer("kube-apiserver", names, clock.instant()));
  }

  private Credential member(CertificateAuthority issuer, Credential authority, MemberName member) {
    return issued(
        "member", authority, member::isOn, () -> issuer.issueMember(member, clock.instant()));
  }

  /// Issues what a member on another machine shows, into a directory that can be carried there. The
  /// authority's key is not in it.
  ///
  /// @return what it shows other members; empty if there is no authority here
  public Optional<Credential> issue(MemberName member, Path target) {
    return stored("ca")
        .map(authority -> {
          PrivateFile.createDirectory(target);
          var there = new CertificateDirectory(target, clock, random);
          var issuer = new CertificateAuthority(authority, random);
          PrivateFile.write(there.certificateFile("ca"), authority.certificatePem());
          there.server(issuer, authority, member.hosts());
          return there.member(issuer, authority, member);
        });
  }

  /// What is there, changing nothing; empty if anything is missing.
  public Optional<ClusterCertificates> read() {
    return stored("ca")
        .flatMap(authority ->
            stored("apiserver")
                .flatMap(server ->
                    stored("admin")
                        .flatMap(admin ->
                            stored("member")
                                .map(member ->
                                    new ClusterCertificates(
                                        authority, server, () -> admin, member)))));
  }

  /// What was issued elsewhere; empty if it is missing.
  Optional<Credential> received(String name) {
    try {
      return stored(name);
    } catch (DamagedCertificateException damaged) {
      throw damaged.received();
    }
  }

  private Credential authority() {
    return stored("ca")
        .filter(this::isFresh)
        .orElseGet(() -> store("ca", CertificateAuthority.create(clock.instant(), random)));
  }

  private Credential issued(
      String name,
      Credential authority,
      Predicate<X509Certificate> isMeant,
      Supplier<Credential> issue) {
    return current(name, authority)
        .filter(found -> isMeant.test(found.certificate()))
        .orElseGet(() -> store(name, issue.get()));
  }

  private Supplier<Credential> issuedLater(
      String name, Credential authority, Supplier<Credential> issue, Executor later) {
    var current = current(name, authority);
    if (current.isPresent()) {
      return current::get;
    }
    var made = CompletableFuture.supplyAsync(() -> store(name, issue.get()), later);
    return () -> {
      try {
        return made.join();
      } catch (CompletionException e) {
        throw Failures.unchecked(e);
      }
    };
  }

  private Optional<Credential> current(String name, Credential authority) {
    return stored(name)
        .filter(this::isFresh)
        .filter(credential -> credential.isIssuedBy(authority.certificate()));
  }

  private boolean isFresh(Credential credential) {
    return !credential.expiresBefore(clock.instant().plus(RENEWAL));
  }

  private Optional<Credential> stored(String name) {
    var certificateFile = certificateFile(name);
    var keyFile = keyFile(name);
    // The certificate is written after its key: a key alone is what a crash in between leaves.
    if (!Files.exists(certificateFile)) {
      return Optional.empty();
    }
    var credential =
        new Credential(parse(certificateFile, Pem::certificate), parse(keyFile, Pem::privateKey));
    if (!credential.keyMatchesCertificate()) {
      throw new DamagedCertificateException(
          keyFile, "it is not the key of " + certificateFile.getFileName());
    }
    return Optional.of(credential);
  }

  private Credential store(String name, Credential credential) {
    // While a certificate is being replaced there is none: the old one would not match the key.
    delete(certificateFile(name));
    PrivateFile.write(keyFile(name), credential.keyPem());
    PrivateFile.write(certificateFile(name), credential.certificatePem());
    return credential;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new DamagedCertificateException(file, "it cannot be replaced (" + e.getMessage() + ")");
    }
  }

  private interface Parser<T> {
    T parse(String text) throws GeneralSecurityException;
  }

  private static <T> T parse(Path file, Parser<T> parser) {
    try {
      return parser.parse(Files.readString(file));
    } catch (IOException e) {
      throw new DamagedCertificateException(file, "it cannot be read");
    } catch (GeneralSecurityException e) {
      throw new DamagedCertificateException(file, String.valueOf(e.getMessage()));
    }
  }

  private Path certificateFile(String name) {
    return directory.resolve(name + ".crt");
  }

  private Path keyFile(String name) {
    return directory.resolve(name + ".key");
  }
}
