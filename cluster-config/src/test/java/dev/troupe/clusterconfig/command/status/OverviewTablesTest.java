package dev.troupe.clusterconfig.command.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a person reads of an overview.
class OverviewTablesTest {

  private static final OverviewTables TABLES =
      new OverviewTables(address -> address.replace("127.0.0.1:", "m"));

  private static final Pattern COLUMN = Pattern.compile("`([A-Z][A-Z0-9_ ]+)`");

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

  @Test
  void whoIsBehindIsShownWhereAnybodyCanBe() {
    var overview =
        json(
            """
            {'promises': [
               {'collection': 'pods', 'partitions': 12, 'slowest': 'pods#3', 'ageMillis': 4000,
                'held': 9, 'heldMillis': 2500},
               {'collection': 'leases.coordination.k8s.io', 'partitions': 12,
                'slowest': 'leases.coordination.k8s.io#0', 'held': 0, 'heldMillis': 0}],
             'streams': [
               {'from': '127.0.0.1:1', 'to': '127.0.0.1:2', 'streams': 27, 'behind': 300,
                'behindMillis': 900, 'slowest': 'pods#3'},
               {'from': '127.0.0.1:1', 'to': '127.0.0.1:1', 'streams': 27, 'behind': 0,
                'behindMillis': 0}]}
            """);

    var tables = TABLES.lags(overview::path);

    assertThat(lines(tables.getFirst()))
        .containsExactly(
            "COLLECTION | PARTITIONS | SLOWEST | PROMISED | HELD | OLDEST",
            "pods | 12 | pods#3 | 4.0 s ago | 9 | 2.5 s",
            "leases.coordination.k8s.io | 12 | leases.coordination.k8s.io#0 | - | 0 | 0.0 ms");
    assertThat(lines(tables.getLast()))
        .containsExactly(
            "FROM | TO | STREAMS | BEHIND | OLDEST | SLOWEST",
            "m1 | m2 | 27 | 300 | 900 ms | pods#3",
            "m1 | m1 | 27 | 0 | 0.0 ms | -");
    assertThat(TABLES.lags(_ -> json("[]"))).isEmpty();
  }

  private static String chapter() throws IOException {
    return Files.readString(Path.of("..", "deploy", "README.md"))
        .lines()
        .dropWhile(line -> !line.equals("## What to watch"))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .collect(Collectors.joining("\n"));
  }

  /// What the runbook says to look at is a heading of one of the tables.
  @Test
  void columnsOfTheRunbookAreThere() throws IOException {
    var some = json("[{}]");
    var headings = new ArrayList<>(OverviewTables.SEATS);
    Stream.concat(
            Stream.of(TABLES.members(some), TABLES.partitions(some), TABLES.controllers(some)),
            TABLES.lags(_ -> some).stream())
        .forEach(table -> headings.addAll(List.of(lines(table).getFirst().split(" \\| ", -1))));
    var named =
        COLUMN
            .matcher(chapter())
            .results()
            .map(found -> found.group(1))
            .filter(word -> !word.startsWith("TROUPE_"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(named).hasSizeGreaterThan(15).isSubsetOf(headings);
  }
}
