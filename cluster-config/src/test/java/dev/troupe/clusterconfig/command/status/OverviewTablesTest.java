package dev.troupe.clusterconfig.command.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a person reads of an overview.
class OverviewTablesTest {

  private static final OverviewTables TABLES =
      new OverviewTables(address -> address.replace("127.0.0.1:", "m"));

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static List<String> lines(TextTable table) {
    var printed = new StringWriter();
    table.print(new PrintWriter(printed, true));
    return printed.toString().lines().map(line -> line.replaceAll(" {2,}", " | ")).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 ms",
    "1.234, 1.2 ms",
    "12.5, 13 ms",
    "999, 999 ms",
    "1500, 1.5 s",
    "61000, 1 min 1 s"
  })
  void timesAreAsLongAsPeopleReadThem(String millis, String shown) {
    assertThat(OverviewTables.time(json(millis))).isEqualTo(shown);
  }

  @Test
  void whatIsNotKnownIsNoTime() {
    assertThat(OverviewTables.store(json("{}"))).containsExactly("-", "-", "-");
  }

  @Test
  void memberThatDoesNotAnswerHasItsRow() {
    var members =
        json(
            """
            [{'address': '127.0.0.1:1', 'status': 'up', 'answers': true,
              'store': {'commits': 9, 'p50Millis': 1.5, 'p99Millis': 20.0, 'lastCommitAgeMillis': 4000}},
             {'address': '127.0.0.1:2', 'status': 'up', 'answers': false}]
            """);

    assertThat(lines(TABLES.members(members)))
        .containsExactly(
            "MEMBER | STATUS | COMMIT P50 | COMMIT P99 | LAST COMMIT",
            "m1 | up | 1.5 ms | 20 ms | 4.0 s",
            "m2 | up, does not answer | - | - | -");
  }
}
