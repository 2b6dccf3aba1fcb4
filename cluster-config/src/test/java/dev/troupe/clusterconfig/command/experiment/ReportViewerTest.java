package dev.troupe.clusterconfig.command.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportViewerTest {

  private static final Path PAGE = Path.of("/reports/kill-7.html");

  private final List<List<String>> launched = new ArrayList<>();

  private String show(String system, Map<String, String> environment) {
    return new ReportViewer(system, environment, launched::add).show(PAGE);
  }

  @Test
  void desktopOpensTheReport() {
    assertThat(show("Linux", Map.of("DISPLAY", ":0"))).isEmpty();
    assertThat(show("Linux", Map.of("WAYLAND_DISPLAY", "wayland-0"))).isEmpty();
    assertThat(show("Mac OS X", Map.of())).isEmpty();
    assertThat(show("Windows 11", Map.of())).isEmpty();
    assertThat(launched)
        .extracting(List::getFirst)
        .containsExactly("xdg-open", "xdg-open", "open", "cmd");
    assertThat(launched).extracting(List::getLast).containsOnly(PAGE.toString());
  }

  @Test
  void whereThereIsNoDesktopItIsSaidWhereTheReportIs() {
    assertThat(show("Linux", Map.of("DISPLAY", ""))).contains("no desktop", PAGE.toString());
    assertThat(launched).isEmpty();
  }

  @Test
  void whereNothingOpensFilesItIsSaidWhereTheReportIs() {
    var viewer =
        new ReportViewer(
            "Linux",
            Map.of("DISPLAY", ":0"),
            _ -> {
              throw new IOException("no such program");
            });
    assertThat(viewer.show(PAGE)).contains(PAGE.toString(), "no such program");
  }
}
