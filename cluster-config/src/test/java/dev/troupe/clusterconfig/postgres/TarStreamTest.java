package dev.troupe.clusterconfig.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the system's own `tar` packs is unpacked as it was, and nothing leaves its directory.
class TarStreamTest {

  @TempDir private Path directory;
  private Path from;
  private Path into;

  @BeforeEach
  void makeDirectories() throws IOException {
    from = Files.createDirectory(directory.resolve("from"));
    into = Files.createDirectory(directory.resolve("into"));
  }

  private byte[] packed(String... words) throws Exception {
    var archive = directory.resolve("archive.tar");
    var command =
        Stream.concat(
                Stream.of("tar", "--format=ustar", "-cf", archive.toString(), "-C", from + ""),
                Stream.of(words))
            .toList();
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    return Files.readAllBytes(archive);
  }

  private void unpack(byte[] archive) throws IOException {
    ServerBinaries.unpack(new ByteArrayInputStream(archive), into);
  }

  @Test
  void filesAreAsTheyWere() throws Exception {
    var deep = "a-name-of-some-length/".repeat(6);
    byte[] large = new byte[100_000];
    Arrays.fill(large, (byte) 7);
    Files.createDirectories(from.resolve(deep));
    Files.write(from.resolve(deep + "large"), large);
    Files.write(from.resolve("block"), new byte[512]);
    Files.writeString(from.resolve("empty"), "");

    unpack(packed("."));

    assertThat(into.resolve(deep + "large")).hasBinaryContent(large);
    assertThat(into.resolve("block")).hasBinaryContent(new byte[512]);
    assertThat(into.resolve("empty")).isEmptyFile();
  }

  @Test
  void linkBecomesASecondNameAlsoThroughAnotherLink() throws Exception {
    Files.writeString(from.resolve("lib.so.1.2"), "code");
    Files.createSymbolicLink(from.resolve("lib.so"), Path.of("lib.so.1"));
    Files.createSymbolicLink(from.resolve("lib.so.1"), Path.of("lib.so.1.2"));

    unpack(packed("lib.so", "lib.so.1", "lib.so.1.2"));

    for (var name : List.of("lib.so", "lib.so.1", "lib.so.1.2")) {
      assertThat(into.resolve(name)).hasContent("code");
      assertThat(Files.isSymbolicLink(into.resolve(name))).as(name).isFalse();
    }
  }

  @Test
  void nothingIsWrittenElsewhere() throws Exception {
    Files.writeString(from.resolve("harmless"), "code");
    byte[] archive = packed("--transform=s,^,../,", "-P", "harmless");

    assertThatThrownBy(() -> unpack(archive)).hasMessageContaining("not to be below");
    assertThat(directory.resolve("harmless")).doesNotExist();
  }

  @Test
  void nothingLeadsElsewhere() throws Exception {
    Files.createSymbolicLink(from.resolve("link"), Path.of("../../secret"));
    byte[] archive = packed("link");

    assertThatThrownBy(() -> unpack(archive)).hasMessageContaining("not to be below");
  }

  @Test
  void archiveThatIsCutIsNoArchive() throws Exception {
    Files.write(from.resolve("file"), new byte[10_000]);
    byte[] archive = packed("file");

    assertThatThrownBy(() -> unpack(Arrays.copyOf(archive, 5_000)))
        .hasMessageContaining("in the middle of a file");
    assertThatThrownBy(() -> unpack(Arrays.copyOf(archive, 700)))
        .hasMessageContaining("in the middle of a file");
    assertThatThrownBy(() -> unpack(new byte[100])).hasMessageContaining("too early");
  }

  @Test
  void archiveOfEachPlatformHasItsName() {
    assertThat(ServerBinaries.archive("Linux", "amd64")).isEqualTo("postgres-linux-x86_64.txz");
    assertThat(ServerBinaries.archive("Linux", "aarch64")).isEqualTo("postgres-linux-arm_64.txz");
    assertThat(ServerBinaries.archive("Mac OS X", "aarch64"))
        .isEqualTo("postgres-darwin-arm_64.txz");
  }
}
