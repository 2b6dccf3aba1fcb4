package dev.troupe.benchmarks.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/// The rows of a benchmark, as a table for people or as JSON (`{"results": [{…}]}`) for programs.
public final class Report {

  /// A table that is wider has a column for each row.
  private static final int LINE = 120;

  private final List<Map<String, Object>> rows = new ArrayList<>();

  /// Adds a row.
  public Row row() {
    var cells = new LinkedHashMap<String, Object>();
    rows.add(cells);
    return new Row(cells);
  }

  /// A row that is being filled.
  public static final class Row {

    private final Map<String, Object> cells;

    private Row(Map<String, Object> cells) {
      this.cells = cells;
    }

    public Row put(String column, Object cell) {
      cells.put(column, rounded(cell));
      return this;
    }

    /// The median in a column, and the range behind it in the next.
    public Row put(String column, Spread spread) {
      return put(column, (Object) spread.median()).put(column + " range", spread.range());
    }
  }

  public void print(PrintWriter out, boolean json) {
    if (json) {
      out.println(JsonMapper.builder().build().writeValueAsString(Map.of("results", rows)));
    } else if (!rows.isEmpty()) {
      table(out);
    }
    out.flush();
  }

  private void table(PrintWriter out) {
    var lines = new ArrayList<List<String>>();
    lines.add(List.copyOf(rows.getFirst().keySet()));
    for (var row : rows) {
      lines.add(row.values().stream().map(String::valueOf).toList());
    }
    var flat = aligned(lines);
    (flat.getFirst().length() <= LINE ? flat : aligned(turned(lines))).forEach(out::println);
  }

  private static List<List<String>> turned(List<List<String>> lines) {
    return IntStream.range(0, lines.getFirst().size())
        .mapToObj(column -> lines.stream().map(line -> line.get(column)).toList())
        .toList();
  }

  private static List<String> aligned(List<List<String>> lines) {
    var widths =
        IntStream.range(0, lines.getFirst().size())
            .map(column ->
                lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(1))
            .toArray();
    return lines.stream().map(line -> aligned(line, widths)).toList();
  }

  private static String aligned(List<String> line, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(
            column -> String.format(Locale.ROOT, "%" + widths[column] + "s", line.get(column)))
        .collect(Collectors.joining("  "));
  }

  private static Object rounded(Object cell) {
    if (!(cell instanceof Double number)) {
      return cell;
    }
    if (number.isNaN()) {
      return "";
    }
    return number >= 100
        ? (Object) Math.round(number)
        : (Object) (Math.round(number * 100) / 100.0);
  }
}
