package dev.troupe.clusterconfig.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A member needs no authority's key. What it was given and cannot use is named, with what to do.
class ReceivedCertificatesTest {

  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final String HOST = "b.example";

  @TempDir private Path directory;

  @BeforeEach
  void issue() {
    issue("one", "member");
  }

  private Path place(String name) {
    return directory.resolve(name);
  }

  private void issue(String authority, String target) {
    var there = new CertificateDirectory(place(authority), at(NOON), new SecureRandom());
    there.open();
    there.issue(new MemberName("second", List.of(HOST, "10.0.0.2")), place(target));
  }

  private static InstantSource at(Instant now) {
    return InstantSource.fixed(now);
  }

  private MemberCertificates read(String host, Instant now) {
    return new ReceivedCertificates(place("member"), at(now)).read(host);
  }

  private AbstractThrowableAssert<?, ?> assertRefused(String host, Instant now) {
    return assertThatThrownBy(() -> read(host, now))
        .isInstanceOf(DamagedCertificateException.class)
        .hasMessageContaining("Issue another where the cluster's authority is")
        .hasMessageContaining("`troupe certificate NAME --host HOST`")
        .hasMessageNotContaining("delete the directory");
  }

  @Test
  void memberNeedsNoKeyOfTheAuthority() {
    assertThat(place("member").resolve("ca.key")).doesNotExist();

    var read = read(HOST, NOON);

    assertThat(read.member().isIssuedBy(read.authority())).isTrue();
    assertThat(read.server().isIssuedBy(read.authority())).isTrue();
    assertThat(read.server().key()).isNotEqualTo(read.member().key());
    assertThat(read.authorityPem()).isEqualTo(read(HOST, NOON).authorityPem());
    assertThat(read("10.0.0.2", NOON)).isEqualTo(read);
  }

  @Test
  void otherHostIsRefused() {
    assertRefused("c.example", NOON)
        .hasMessageContaining("member.crt")
        .hasMessageContaining("and other members reach this one at c.example");
  }

  @Test
  void certificateThatHasEndedOrNotBegunIsRefused() {
    assertRefused(HOST, NOON.plus(Duration.ofDays(366)))
        .hasMessageContaining("it ended at 2027-06-01");
    assertRefused(HOST, NOON.minus(Duration.ofDays(1))).hasMessageContaining("begins only later");
  }

  @Test
  void certificateOfAnotherAuthorityIsRefused() throws IOException {
    issue("other", "stranger");
    copy("stranger", "apiserver", "apiserver");

    assertRefused(HOST, NOON)
        .hasMessageContaining("apiserver.crt")
        .hasMessageContaining("not issued by the authority of ca.crt");
  }

  @Test
  void certificateOfNoMemberIsRefused() throws IOException {
    copy("member", "apiserver", "member");

    assertRefused(HOST, NOON).hasMessageContaining("it is that of CN=kube-apiserver");
  }

  private void copy(String from, String what, String as) throws IOException {
    for (var end : List.of(".crt", ".key")) {
      Files.copy(
          place(from).resolve(what + end),
          place("member").resolve(as + end),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void whatIsMissingOrDamagedIsNamed() throws IOException {
    Files.delete(place("member").resolve("member.key"));
    assertRefused(HOST, NOON).hasMessageContaining("member.key cannot be used: it cannot be read");

    Files.delete(place("member").resolve("member.crt"));
    assertRefused(HOST, NOON).hasMessageContaining("member.crt cannot be used: it cannot be read");

    Files.writeString(place("member").resolve("ca.crt"), "nothing");
    assertRefused(HOST, NOON).hasMessageContaining("ca.crt cannot be used");
  }
}
