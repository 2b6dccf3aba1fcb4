package dev.troupe.testkit.experiment.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/experiments.md` tells all that an [Experiment] can say.
class ExperimentPageTest {

  private static final Pattern ROW = Pattern.compile("^\\| `([a-z]+)` \\|", Pattern.MULTILINE);

  @Test
  void tableIsWhatTheAnnotationHas() throws IOException {
    var page = Files.readString(Path.of("..", "docs", "experiments.md"));
    var section = page.split("\n## As a test\n", 2)[1].split("\n## ", 2)[0];

    assertThat(ROW.matcher(section).results().map(found -> found.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Experiment.class.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .toList());
    assertThat(section).contains(ExperimentExtension.SEED);
  }
}
