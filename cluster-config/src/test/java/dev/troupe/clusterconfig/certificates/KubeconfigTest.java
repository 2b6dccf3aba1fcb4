package dev.troupe.clusterconfig.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The kubeconfig stands for itself: nothing in it points to another file.
class KubeconfigTest {

  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z"));

  @TempDir Path data;

  @Test
  void credentialsAreEmbedded() throws Exception {
    var certificates =
        new CertificateDirectory(data.resolve("pki"), NOON, new SecureRandom()).open();
    var file = data.resolve("kubeconfig");

    new Kubeconfig("https://127.0.0.1:6443", certificates).write(file);

    assertThat(Files.readString(file)).contains("server: https://127.0.0.1:6443\n");
    assertThat(Pem.certificate(decoded(file, "certificate-authority-data")))
        .isEqualTo(certificates.authority().certificate());
    assertThat(Pem.certificate(decoded(file, "client-certificate-data")))
        .isEqualTo(certificates.admin().certificate());
    assertThat(Pem.privateKey(decoded(file, "client-key-data")))
        .isEqualTo(certificates.admin().key());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  private static String decoded(Path file, String key) throws Exception {
    var line =
        Files.readAllLines(file).stream()
            .filter(candidate -> candidate.strip().startsWith(key + ": "))
            .findFirst()
            .orElseThrow();
    var base64 = line.substring(line.indexOf(": ") + 2);
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
  }
}
