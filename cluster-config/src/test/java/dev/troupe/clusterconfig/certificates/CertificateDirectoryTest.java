package dev.troupe.clusterconfig.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Certificates survive restarts, are renewed in time, and damage is reported instead of repaired.
class CertificateDirectoryTest {

  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private static final MemberName SECOND =
      new MemberName("second", List.of("b.example", "10.0.0.2"));

  @TempDir Path data;
  private Path pki;

  @BeforeEach
  void nameDirectory() {
    pki = data.resolve("pki");
  }

  @Test
  void serverCertificateIsValidForLocalNamesAndTheServiceOfTheApi() throws Exception {
    var names = openAt(NOON).server().certificate().getSubjectAlternativeNames();

    assertThat(names.stream().map(List::getLast).map(Object::toString))
        .contains(
            "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "kubernetes.default.svc", "10.96.0.1");
  }

  @Test
  void adminBelongsToTheGroupThatMayDoEverything() {
    assertThat(openAt(NOON).admin().certificate().getSubjectX500Principal().getName())
        .isEqualTo("CN=kubernetes-admin,O=system:masters");
  }

  @Test
  void memberOfOneMachineIsReachedThereOnly() throws Exception {
    var member = openAt(NOON).member().certificate();

    assertThat(member.getSubjectX500Principal().getName()).isEqualTo("CN=member,O=troupe:members");
    assertThat(MemberName.hosts(member))
        .containsExactlyInAnyOrder("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
  }

  /// As the certificates of all members were called once.
  @Test
  void certificateThatIsNoMembersIsReplaced() throws IOException {
    var first = openAt(NOON);
    for (var end : List.of(".crt", ".key")) {
      Files.copy(
          pki.resolve("apiserver" + end),
          pki.resolve("member" + end),
          StandardCopyOption.REPLACE_EXISTING);
    }

    var second = openAt(NOON);

    assertThat(MemberName.isOf(second.member().certificate())).isTrue();
    assertThat(second.server()).isEqualTo(first.server());
  }

  @Test
  void memberOfAnotherMachineIsGivenAllButTheAuthoritysKey() throws Exception {
    var authority = openAt(NOON).authority();
    var there = data.resolve("there");

    assertThat(directory().issue(SECOND, there)).isPresent();

    try (var files = Files.list(there)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "ca.crt", "apiserver.crt", "apiserver.key", "member.crt", "member.key");
    }
    assertThat(there.resolve("ca.crt")).hasContent(authority.certificatePem());
    var member = certificate(there, "member");
    member.verify(authority.certificate().getPublicKey());
    assertThat(member.getSubjectX500Principal().getName()).isEqualTo("CN=second,O=troupe:members");
    assertThat(MemberName.hosts(member)).containsExactlyInAnyOrder("b.example", "10.0.0.2");
    assertThat(MemberName.hosts(certificate(there, "apiserver")))
        .contains("b.example", "10.0.0.2", "kubernetes.default.svc");
  }

  @Test
  void whatWasIssuedIsKeptUntilItsEndIsNearOrTheHostsAreOthers() throws Exception {
    openAt(NOON);
    var there = data.resolve("there");
    directory().issue(SECOND, there);
    var first = certificate(there, "member");

    directory().issue(SECOND, there);
    assertThat(certificate(there, "member")).isEqualTo(first);

    directory(NOON.plus(CertificateAuthority.CERTIFICATE_LIFE)).issue(SECOND, there);
    var renewed = certificate(there, "member");
    assertThat(renewed).isNotEqualTo(first);

    directory(NOON.plus(CertificateAuthority.CERTIFICATE_LIFE))
        .issue(new MemberName("second", List.of("10.0.0.3")), there);
    assertThat(MemberName.hosts(certificate(there, "member"))).containsExactly("10.0.0.3");
    assertThat(MemberName.hosts(certificate(there, "apiserver"))).contains("10.0.0.3");
  }

  @Test
  void withoutAnAuthorityNothingIsIssued() {
    assertThat(directory().issue(SECOND, data.resolve("there"))).isEmpty();
    assertThat(data.resolve("there")).doesNotExist();
  }

  private static X509Certificate certificate(Path place, String name) throws Exception {
    return Pem.certificate(Files.readString(place.resolve(name + ".crt")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Second", "", "a_b", "-a", "a b"})
  void nameThatIsNoneIsRefused(String name) {
    assertThatThrownBy(() -> new MemberName(name, List.of("10.0.0.2")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0", "10.0.0.256", "a b", "", "*.example", "x:y"})
  void hostThatIsNoneIsRefused(String host) {
    assertThatThrownBy(() -> new MemberName("second", List.of(host)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void authorityVouchesForServerAndAdmin() throws Exception {
    var certificates = openAt(NOON);
    var authority = certificates.authority().certificate();

    assertThat(authority.getBasicConstraints()).isZero();
    for (var credential :
        List.of(certificates.server(), certificates.admin(), certificates.member())) {
      credential.certificate().verify(authority.getPublicKey());
      assertThat(credential.certificate().getIssuerX500Principal())
          .isEqualTo(authority.getSubjectX500Principal());
      assertThat(credential.certificate().getBasicConstraints()).isEqualTo(-1);
    }
  }

  @Test
  void restartKeepsEverything() {
    var first = openAt(NOON);

    assertThat(all(openAt(NOON.plus(Duration.ofDays(100))))).isEqualTo(all(first));
  }

  @Test
  void certificateNearItsEndIsRenewedUnderTheSameAuthority() {
    var first = openAt(NOON);
    var later =
        openAt(
            NOON.plus(CertificateAuthority.CERTIFICATE_LIFE)
                .minus(CertificateDirectory.RENEWAL)
                .plusSeconds(1));

    assertThat(later.authority()).isEqualTo(first.authority());
    assertThat(expiry(later.server())).isAfter(expiry(first.server()));
    assertThat(expiry(later.admin())).isAfter(expiry(first.admin()));
  }

  @Test
  void renewedAuthorityIssuesEverythingAnew() throws GeneralSecurityException {
    var first = openAt(NOON);
    var later = openAt(NOON.plus(CertificateAuthority.AUTHORITY_LIFE));

    assertThat(later.authority()).isNotEqualTo(first.authority());
    later.server().certificate().verify(later.authority().certificate().getPublicKey());
    later.admin().certificate().verify(later.authority().certificate().getPublicKey());
  }

  @Test
  void certificateOfAnotherAuthorityIsReplaced() throws IOException {
    openAt(NOON);
    var other =
        new CertificateDirectory(
            data.resolve("other"), InstantSource.fixed(NOON), new SecureRandom());
    other.open();
    for (var file : List.of("apiserver.crt", "apiserver.key")) {
      Files.write(pki.resolve(file), Files.readAllBytes(data.resolve("other").resolve(file)));
    }

    var certificates = openAt(NOON);

    assertThat(certificates.server().isIssuedBy(certificates.authority().certificate())).isTrue();
  }

  @Test
  void administratorsCertificateCanBeMadeBesides() {
    Queue<Runnable> later = new ArrayDeque<>();
    var certificates = directory().open(later::add);
    assertThat(pki.resolve("member.crt")).exists();
    assertThat(pki.resolve("admin.crt")).doesNotExist();

    later.remove().run();

    assertThat(certificates.admin().isIssuedBy(certificates.authority().certificate())).isTrue();
    assertThat(directory().open(later::add).admin()).isEqualTo(certificates.admin());
    assertThat(later).isEmpty();
  }

  @Test
  void whoeverNeedsTheAdministratorsCertificateIsToldWhyItCouldNotBeMade() throws IOException {
    Queue<Runnable> later = new ArrayDeque<>();
    var certificates = directory().open(later::add);
    Files.move(pki, data.resolve("elsewhere"));

    later.remove().run();

    assertThatThrownBy(certificates::admin)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("admin.key");
  }

  @Test
  void onlyTheOwnerMayReadWhatIsWritten() throws IOException {
    openAt(NOON);

    try (var files = Files.list(pki)) {
      assertThat(files)
          .hasSize(8)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pki)))
        .isEqualTo("rwx------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ca.crt", "ca.key", "apiserver.crt", "apiserver.key", "admin.key", "member.key"})
  void damagedFileIsNamedAndKept(String name) throws IOException {
    openAt(NOON);
    var file = pki.resolve(name);
    var damaged = Files.readString(file).substring(0, 60);
    Files.writeString(file, damaged);

    assertThatThrownBy(() -> openAt(NOON))
        .isInstanceOf(DamagedCertificateException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("delete the directory " + pki);
    assertThat(file).hasContent(damaged);
  }

  @Test
  void missingKeyIsDamage() throws IOException {
    openAt(NOON);
    Files.delete(pki.resolve("ca.key"));

    assertThatThrownBy(() -> openAt(NOON))
        .isInstanceOf(DamagedCertificateException.class)
        .hasMessageContaining("ca.key");
  }

  @Test
  void keyOfAnotherCertificateIsDamage() throws IOException {
    openAt(NOON);
    Files.write(pki.resolve("ca.key"), Files.readAllBytes(pki.resolve("admin.key")));

    assertThatThrownBy(() -> openAt(NOON))
        .isInstanceOf(DamagedCertificateException.class)
        .hasMessageContaining("it is not the key of ca.crt");
  }

  private ClusterCertificates openAt(Instant now) {
    return directory(now).open();
  }

  private static List<Credential> all(ClusterCertificates certificates) {
    return List.of(
        certificates.authority(),
        certificates.server(),
        certificates.admin(),
        certificates.member());
  }

  private static Instant expiry(Credential credential) {
    X509Certificate certificate = credential.certificate();
    return certificate.getNotAfter().toInstant();
  }

  private CertificateDirectory directory() {
    return directory(NOON);
  }

  private CertificateDirectory directory(Instant now) {
    return new CertificateDirectory(pki, InstantSource.fixed(now), new SecureRandom());
  }
}
