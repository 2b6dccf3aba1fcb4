package dev.troupe.clusterconfig.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/conformance.md` names only tests that there are.
class ConformanceTableTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern ROW = Pattern.compile("\\| \\[sig-.* \\| `(\\w+)#(\\w+)` \\|");

  @Test
  void eachRowNamesATestThatExists() throws IOException {
    var tests = tests();
    var rows =
        Files.readAllLines(ROOT.resolve("docs/conformance.md")).stream()
            .filter(line -> line.startsWith("| ["))
            .toList();
    assertThat(rows)
        .hasSizeGreaterThan(80)
        .allSatisfy(row -> {
          var named = ROW.matcher(row);
          assertThat(named.matches()).as("a row of the table: " + row).isTrue();
          assertThat(tests).as(row).containsKey(named.group(1));
          assertThat(tests.get(named.group(1))).as(row).contains("void " + named.group(2) + "(");
        });
  }

  /// The text of each test by its name.
  private static Map<String, String> tests() throws IOException {
    try (var files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().contains("src/test/java"))
          .filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  ConformanceTableTest::text,
                  (one, other) -> one + other));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
