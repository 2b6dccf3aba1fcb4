package dev.troupe.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

  private final Report report = new Report();

  @Test
  void jsonHasAResultForEachRow() {
    report.row().put("writers", 64).put("ratio", 4.2).put("p99 ms", Spread.of(3, 1, 2));
    report.row().put("writers", 256).put("ratio", 1234.5).put("p99 ms", Spread.of(100, 300));

    var results = JsonMapper.builder().build().readTree(printed(true)).path("results");

    assertThat(results).hasSize(2);
    assertThat(results.path(0).path("writers").asInt()).isEqualTo(64);
    assertThat(results.path(0).path("ratio").asDouble()).isEqualTo(4.2);
    assertThat(results.path(0).path("p99 ms").asDouble()).isEqualTo(2);
    assertThat(results.path(0).path("p99 ms range").asString()).isEqualTo("1.00–3.00");
    assertThat(results.path(1).path("ratio").asDouble()).isEqualTo(1235);
    assertThat(results.path(1).path("p99 ms range").asString()).isEqualTo("100–300");
  }

  @Test
  void narrowTableHasALineForEachRow() {
    report.row().put("writers", 1).put("appends/s", 5.0);
    report.row().put("writers", 1024).put("appends/s", 70_000.4);

    assertThat(printed(false).lines())
        .containsExactly("writers  appends/s", "      1        5.0", "   1024      70000");
  }

  @Test
  void wideTableHasAColumnForEachRow() {
    var first = report.row();
    var second = report.row();
    for (int column = 0; column < 30; column++) {
      first.put("column " + column, column);
      second.put("column " + column, 10 * column);
    }

    assertThat(printed(false).lines())
        .hasSize(30)
        .startsWith(" column 0   0    0", " column 1   1   10")
        .endsWith("column 29  29  290");
  }

  @Test
  void whatTheSystemDoesNotTellIsEmpty() {
    report.row().put("bytes written", Double.NaN);

    assertThat(printed(true)).contains("\"bytes written\":\"\"");
  }

  private String printed(boolean json) {
    var text = new StringWriter();
    report.print(new PrintWriter(text), json);
    return text.toString();
  }
}
