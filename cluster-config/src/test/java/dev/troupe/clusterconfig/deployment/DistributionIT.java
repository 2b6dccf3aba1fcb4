package dev.troupe.clusterconfig.deployment;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The directory that production runs: it has all that it needs, and the licences of all that it
/// has.
class DistributionIT {

  private static final Path ROOT = Path.of("target", "troupe").toAbsolutePath();
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+\\*)` \\| [^|]+ \\| ([^|]+) \\|");
  private static final Pattern TEXT = Pattern.compile("`(LICENSE|licenses/[^`]+)`");

  @Test
  void everyJarHasItsLicence() throws IOException {
    var licences = rows();
    var unused = new ArrayList<>(licences.keySet());
    try (var jars = Files.list(ROOT.resolve("lib"))) {
      for (var jar :
          jars.map(Path::getFileName)
              .map(Path::toString)
              .filter(DistributionIT::isOfOthers)
              .toList()) {
        var rows = licences.keySet().stream().filter(row -> matches(row, jar)).toList();
        assertThat(rows).as(jar).hasSize(1);
        unused.removeAll(rows);
      }
    }
    assertThat(unused).as("rows without a jar").isEmpty();
    assertThat(licences).allSatisfy((row, cell) -> assertThat(texts(cell)).as(row).isNotEmpty());
  }

  @Test
  void everyTextIsNamedAndThere() throws IOException {
    var named = texts(index());
    assertThat(named)
        .contains("licenses/PostgreSQL.txt", "licenses/OpenSSL-1.1.txt", "licenses/ICU.txt")
        .allSatisfy(text -> assertThat(ROOT.resolve(text)).isNotEmptyFile());
    try (var files = Files.list(ROOT.resolve("licenses"))) {
      assertThat(named)
          .containsAll(
              files
                  .map(file -> "licenses/" + file.getFileName())
                  .filter(name -> !name.endsWith("README.md"))
                  .toList());
    }
    assertThat(ROOT.resolve("NOTICE")).content().contains("OpenSSL Project", "Apache Software");
  }

  @Test
  void whatAnImageIsMadeOfIsThere() throws IOException {
    assertThat(ContainerFileTest.copied())
        .allSatisfy(name -> assertThat(ROOT.resolve(name)).exists());
  }

  @Test
  void launcherRunsTheCommand() throws Exception {
    var version = run(Map.of("JAVA_HOME", System.getProperty("java.home")), "--version");
    var wrong = run(Map.of("JAVA_HOME", System.getProperty("java.home")), "fly");

    assertThat(version).isEqualTo(new Ended(0, "troupe 0.1.0-SNAPSHOT\n"));
    assertThat(wrong.code()).isEqualTo(2);
  }

  @Test
  void launcherRefusesAnOlderJava(@TempDir Path directory) throws Exception {
    var java = directory.resolve("bin").resolve("java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho never\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(directory.resolve("release"), "JAVA_VERSION=\"21.0.2\"\n");

    var refused = run(Map.of("JAVA_HOME", directory.toString()), "--version");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.said()).contains("needs Java 25", "is 21");
  }

  private record Ended(int code, String said) {}

  private static Ended run(Map<String, String> environment, String... words) throws Exception {
    var command = new ArrayList<String>();
    command.add(ROOT.resolve("bin").resolve("troupe").toString());
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  private static boolean isOfOthers(String jar) {
    return !jar.endsWith("-0.1.0-SNAPSHOT.jar");
  }

  /// In a row, `*` stands for the rest of the name.
  private static boolean matches(String row, String jar) {
    return jar.startsWith(row.substring(0, row.length() - 1));
  }

  private static Map<String, String> rows() throws IOException {
    return ROW.matcher(index())
        .results()
        .collect(
            toMap(row -> row.group(1), row -> row.group(2), (one, _) -> one, LinkedHashMap::new));
  }

  private static List<String> texts(String markdown) {
    return TEXT.matcher(markdown).results().map(found -> found.group(1)).toList();
  }

  private static String index() throws IOException {
    return Files.readString(ROOT.resolve("licenses").resolve("README.md"));
  }
}
