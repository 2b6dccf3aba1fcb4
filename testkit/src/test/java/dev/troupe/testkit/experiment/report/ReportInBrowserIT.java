package dev.troupe.testkit.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.report.ComparePage.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The pages as a person has them before the eyes.
@EnabledIf("dev.troupe.testkit.experiment.report.Chromium#isThere")
class ReportInBrowserIT {

  /// What is looked at, as the browser has laid it out.
  private static final String LOOK =
      """
      const box = element => element.getBoundingClientRect();
      const style = element => getComputedStyle(element);
      const painted = path => style(path).fill !== 'none' || style(path).stroke !== 'none';
      return {
        wide: document.documentElement.scrollWidth,
        verdictTop: box(document.querySelector('.verdict')).top,
        verdictBottom: Math.max(...[...document.querySelectorAll('.verdict')].map(v => box(v).bottom)),
        ground: style(document.documentElement).backgroundColor,
        letters: Math.min(...[...document.querySelectorAll('span, b, p, td, dt')]
          .map(element => parseFloat(style(element).fontSize))),
        plots: [...document.querySelectorAll('svg')].map(svg => ({
          name: svg.querySelector('title').textContent,
          width: box(svg).width,
          height: box(svg).height,
          drawn: [...svg.querySelectorAll('path')]
            .filter(path => !['band', 'rule', 'bound', 'stripe'].includes(path.getAttribute('class')))
            .filter(path => path.getBBox().width > 0).length,
          unpainted: [...svg.querySelectorAll('path')].filter(path => !painted(path))
            .map(path => path.getAttribute('class')).join(' ')
        }))
      };
      """;

  @TempDir static Path directory;

  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    chromium = Chromium.start();
    var first = LongRecord.of(3, 60, 150, 9);
    Files.writeString(directory.resolve("run.html"), ReportPage.of(first));
    Files.writeString(directory.resolve("compare.html"), compare(first));
  }

  private static String compare(ExperimentRecord first) {
    return ComparePage.of(
        new Named("before.json", first), new Named("after.json", LongRecord.of(4, 45, 150, 9)));
  }

  @AfterAll
  static void end() {
    chromium.close();
  }

  @ParameterizedTest
  @CsvSource({
    "run, 390, 844, false",
    "run, 390, 844, true",
    "run, 1280, 800, false",
    "run, 1280, 800, true",
    "compare, 390, 844, false",
    "compare, 1280, 800, true"
  })
  void pageShowsItsVerdictAndItsPlots(String page, int width, int height, boolean dark)
      throws IOException {
    chromium.become(width, height, dark);
    chromium.open(directory.resolve(page + ".html"));

    var seen = chromium.run(LOOK);
    keep(page + "-" + width + (dark ? "-dark" : ""));

    assertThat(chromium.console()).as("what the console says").isEmpty();
    assertThat(seen.path("verdictTop").asDouble()).isNotNegative();
    assertThat(seen.path("verdictBottom").asDouble()).isLessThan(height);
    assertThat(seen.path("wide").asInt()).as("no scrolling to the side").isLessThanOrEqualTo(width);
    assertThat(seen.path("letters").asDouble()).isGreaterThanOrEqualTo(10);
    assertThat(isDark(seen.path("ground").asString())).isEqualTo(dark);
    assertThat(seen.path("plots").size()).isGreaterThan(8);
    seen.path("plots").forEach(plot -> assertDrawn(plot, width));
  }

  private static void assertDrawn(JsonNode plot, int width) {
    var name = plot.path("name").asString();
    assertThat(plot.path("width").asDouble()).as(name).isBetween(200.0, (double) width);
    assertThat(plot.path("height").asDouble()).as(name).isGreaterThan(15);
    assertThat(plot.path("drawn").asInt()).as(name).isPositive();
    assertThat(plot.path("unpainted").asString()).as(name).isEmpty();
  }

  private static boolean isDark(String color) {
    return Integer.parseInt(color.replaceAll("rgb\\((\\d+),.*", "$1")) < 128;
  }

  /// For whoever wants to look, where a directory for it is named.
  private static void keep(String name) throws IOException {
    var pictures = System.getProperty("troupe.pictures");
    if (pictures != null) {
      chromium.screenshot(Path.of(pictures, name + ".png"));
    }
  }
}
