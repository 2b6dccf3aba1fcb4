package dev.troupe.clusterconfig.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.extension.Extension;
import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.DamagedCertificateException;
import dev.troupe.clusterconfig.certificates.MemberName;
import dev.troupe.clusterconfig.configuration.ConfigurationFile;
import dev.troupe.clusterconfig.configuration.WrongConfigurationException;
import dev.troupe.clusterconfig.member.MemberFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a member among others cannot begin with is told before it has done anything.
class CompanyMemberTest {

  private final List<String> told = new ArrayList<>();

  @TempDir private Path directory;

  private void start(String host, String store) throws IOException {
    var file = directory.resolve("member.conf");
    Files.writeString(
        file,
        """
        troupe.store.url = "%s"
        troupe.store.postgresql.connect-timeout = 1s
        troupe.member { name = m1, data = "%s", host = %s }
        """
            .formatted(store, directory, host));
    var authority =
        new CertificateDirectory(
            directory.resolve("ca"), InstantSource.system(), new SecureRandom());
    authority.open();
    authority.issue(new MemberName("m1", List.of("127.0.0.1")), directory.resolve("pki"));
    CompanyMember.start(ConfigurationFile.read(file), Extension.NONE, told::add, _ -> {});
  }

  @Test
  void certificateOfAnotherHostIsRefused() {
    assertThatThrownBy(() -> start("127.0.0.2", "jdbc:postgresql://127.0.0.1:1/troupe"))
        .isInstanceOf(DamagedCertificateException.class)
        .hasMessageContaining("other members reach this one at 127.0.0.2");
    assertThat(told)
        .containsExactly("member m1 of cluster troupe: others reach it at 127.0.0.2:7400");
  }

  @Test
  void storeThatIsNoneIsWrong() {
    assertThatThrownBy(() -> start("127.0.0.1", "/var/lib/troupe"))
        .isInstanceOf(WrongConfigurationException.class)
        .hasMessageContaining("troupe.store.url: a store is named by a URL");
  }

  @Test
  void storeThatCannotBeReachedIsNamed() {
    assertThatThrownBy(() -> start("127.0.0.1", "jdbc:postgresql://127.0.0.1:1/troupe"))
        .isInstanceOf(MemberFailedException.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/troupe as troupe cannot be reached");
  }
}
