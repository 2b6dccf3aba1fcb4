package dev.troupe.benchmarks;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The rows of a benchmark, as a table for people or as JSON (`{"results": [{…}]}`) for programs.
final class Report {

  private final List<Map<String, Object>> rows = new ArrayList<>();

  /// Adds a row of names and values, alternating.
  void row(Object... cells) {
    var row = new LinkedHashMap<String, Object>();
    for (int i = 0; i < cells.length; i += 2) {
      row.put((String) cells[i], rounded(cells[i + 1]));
    }
    rows.add(row);
  }

  void print(PrintWriter out, boolean json) {
    if (json) {
      out.println(JsonMapper.builder().build().writeValueAsString(Map.of("results", rows)));
    } else if (!rows.isEmpty()) {
      table(out);
    }
    out.flush();
  }

  private void table(PrintWriter out) {
    var columns = List.copyOf(rows.getFirst().keySet());
    out.println(String.join("  ", columns.stream().map(name -> padded(name, name)).toList()));
    for (var row : rows) {
      out.println(
          String.join(
              "  ",
              columns.stream().map(name -> padded(name, String.valueOf(row.get(name)))).toList()));
    }
  }

  private String padded(String column, String cell) {
    int width =
        rows.stream().mapToInt(row -> String.valueOf(row.get(column)).length()).max().orElse(0);
    return String.format(Locale.ROOT, "%" + Math.max(width, column.length()) + "s", cell);
  }

  private static Object rounded(Object cell) {
    if (!(cell instanceof Double number)) {
      return cell;
    }
    return number >= 100
        ? (Object) Math.round(number)
        : (Object) (Math.round(number * 100) / 100.0);
  }
}
