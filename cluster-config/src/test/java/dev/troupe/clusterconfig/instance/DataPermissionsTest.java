package dev.troupe.clusterconfig.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataPermissionsTest {

  @TempDir private Path directory;
  private Path data;

  @BeforeEach
  void someDataThatEverybodyReads() throws IOException {
    data = directory.resolve("data");
    Files.createDirectories(data.resolve("store/index"));
    Files.writeString(data.resolve("troupe.log"), "");
    Files.writeString(data.resolve("store/index/1.sst"), "");
    open(data, "rwxr-xr-x");
    open(data.resolve("store"), "rwxrwxrwx");
    open(data.resolve("store/index/1.sst"), "rw-rw-rw-");
    open(data.resolve("troupe.log"), "r--r--r--");
  }

  @Test
  void allOfItBecomesItsOwnersAlone() throws IOException {
    DataPermissions.secure(data);

    assertThat(permissions(data)).isEqualTo("rwx------");
    assertThat(permissions(data.resolve("store"))).isEqualTo("rwx------");
    assertThat(permissions(data.resolve("store/index"))).isEqualTo("rwx------");
    assertThat(permissions(data.resolve("store/index/1.sst"))).isEqualTo("rw-------");
    assertThat(permissions(data.resolve("troupe.log"))).isEqualTo("rw-------");
  }

  @Test
  void symbolicLinkInItIsRefusedAndWhatIsBehindItLeftAlone() throws IOException {
    var elsewhere = Files.writeString(directory.resolve("elsewhere"), "");
    open(elsewhere, "rw-r--r--");
    Files.createSymbolicLink(data.resolve("store/more"), elsewhere);

    assertThatThrownBy(() -> DataPermissions.secure(data))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("store/more is a symbolic link");
    assertThat(permissions(elsewhere)).isEqualTo("rw-r--r--");
  }

  @Test
  void symbolicLinkToItIsFollowed() throws IOException {
    DataPermissions.secure(Files.createSymbolicLink(directory.resolve("link"), data));

    assertThat(permissions(data)).isEqualTo("rwx------");
  }

  @Test
  void whatBelongsToSomebodyElseIsRefused() throws IOException {
    var somebody =
        data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("4242");

    assertThatThrownBy(() -> new DataPermissions(Optional.of(somebody)).makePrivate(data))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("belongs to " + Files.getOwner(data).getName())
        .hasMessageContaining("chown -R");
  }

  private static void open(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
