package dev.troupe.samples.webpage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The sample stays as short as it is told to be: without blank lines, imports and comments.
class SampleLengthTest {

  private static final Path MAIN = Path.of("src/main/java/dev/troupe/samples/webpage");
  private static final Path TEST = Path.of("src/test/java/dev/troupe/samples/webpage");

  private static List<String> code(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("import ") && !line.startsWith("//"))
        .toList();
  }

  @Test
  void kindAndControllerHaveFortyLines() throws IOException {
    assertThat(
            code(MAIN.resolve("WebPage.java")).size()
                + code(MAIN.resolve("WebPageController.java")).size())
        .isLessThanOrEqualTo(40);
  }

  @Test
  void testOfACrashAndATimerHasTwentyLines() throws IOException {
    var all = code(TEST.resolve("WebPageControllerTest.java"));
    int begin = all.indexOf("void contentOfYesterdayIsCalledStaleThoughItsMemberCrashed() {");
    assertThat(begin).isPositive();
    var rest = all.subList(begin, all.size());
    assertThat(rest.indexOf("@Test") + 1).isBetween(5, 20);
  }
}
