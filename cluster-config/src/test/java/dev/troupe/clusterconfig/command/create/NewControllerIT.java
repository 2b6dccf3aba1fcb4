package dev.troupe.clusterconfig.command.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From an empty directory to a jar with Maven, from nothing but the distribution and what the
/// build of Troupe itself has fetched.
@Tag("thorough")
@Timeout(300)
class NewControllerIT {

  private static final Path DISTRIBUTION = Path.of("target", "troupe").toAbsolutePath();
  private static final Path MAVEN = Path.of("..", "mvnw").toAbsolutePath().normalize();

  @TempDir private Path directory;

  @Test
  void projectIsBuiltAndItsTestPasses() throws Exception {
    assumeTrue(Files.isDirectory(DISTRIBUTION.resolve("repository")), "there is no distribution");
    var project = directory.resolve("tea-pot");
    var made =
        new ControllerProject(ProjectName.of("tea-pot", "example.com"), Optional.of(DISTRIBUTION));
    for (var file : made.files().entrySet()) {
      var path = project.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }

    var maven =
        new ProcessBuilder(
                List.of(
                    MAVEN.toString(),
                    "--batch-mode",
                    "--offline",
                    "-Daether.offline.protocols=file",
                    "-f",
                    project.resolve("pom.xml").toString(),
                    "package"))
            .redirectErrorStream(true)
            .start();
    var said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(maven.waitFor()).as(said).isZero();
    assertThat(said).contains("Tests run: 1");
    assertThat(project.resolve("target/tea-pot-1.jar")).isNotEmptyFile();
  }
}
