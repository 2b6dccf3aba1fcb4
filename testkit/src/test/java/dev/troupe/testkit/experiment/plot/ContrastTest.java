package dev.troupe.testkit.experiment.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Colors can be told from what they are on, in the light and in the dark (WCAG 2.2: 4.5 for texts,
/// 3 for lines).
class ContrastTest {

  private static final Pattern COLOR = Pattern.compile("--([a-z0-9-]+): (#[0-9a-f]{6});");

  private final String css = css();

  private static String css() {
    try (var in = PageFrame.class.getResourceAsStream("page.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Map<String, String> colors(boolean dark) {
    int begin = css.indexOf("prefers-color-scheme: dark");
    var colors = new HashMap<String, String>();
    var text = dark ? css.substring(begin) : css.substring(0, begin);
    COLOR.matcher(text).results().forEach(found -> colors.put(found.group(1), found.group(2)));
    return colors;
  }

  private static double luminance(String color) {
    double sum = 0;
    double[] weights = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < weights.length; i++) {
      double part = Integer.parseInt(color.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  private static double contrast(String one, String other) {
    double first = luminance(one);
    double second = luminance(other);
    return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
  }

  private void assertContrast(String front, String ground, double least) {
    for (boolean dark : new boolean[] {false, true}) {
      var colors = colors(dark);
      var found =
          contrast(
              Objects.requireNonNull(colors.get(front), front),
              Objects.requireNonNull(colors.get(ground), ground));
      assertThat(found)
          .as("%s on %s%s", front, ground, dark ? " in the dark" : "")
          .isGreaterThanOrEqualTo(least);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ink", "soft", "good", "bad", "open"})
  void textsCanBeRead(String color) {
    assertContrast(color, "paper", 4.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"good", "bad", "open"})
  void verdictCanBeReadOnItsGround(String verdict) {
    assertContrast(verdict, verdict + "-tint", 4.5);
    assertContrast("ink", verdict + "-tint", 4.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "line-1", "line-2", "line-3", "none", "m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "s0",
        "s1", "s2", "s3", "s4", "s5"
      })
  void linesCanBeSeen(String color) {
    assertContrast(color, "paper", 3);
  }

  @Test
  void whatIsServedIsFarFromWhatIsNot() {
    assertContrast("none", "served", 3);
  }
}
