package dev.troupe.testkit.experiment.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A table of texts; numbers are put to the right. Shows the first rows, and says how many there
/// are more: the record has them all.
public final class Table {

  private static final int MOST = 400;
  private static final Pattern NUMBER =
      Pattern.compile(
          "–|the same|[+−]?[0-9][0-9.:\\u202f]*( (ms|s|min|h|%))?(/s)?( \\([^)]*%\\))?");

  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private long left;

  public Table(String... columns) {
    this.columns = List.of(columns);
  }

  public Table row(String... cells) {
    if (rows.size() < MOST) {
      rows.add(List.of(cells));
    } else {
      left++;
    }
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  public void write(Markup page) {
    page.open("div", "class", "wide").open("table");
    page.open("thead").open("tr");
    for (int column = 0; column < columns.size(); column++) {
      var side = isNumber(rows.isEmpty() ? "" : rows.getFirst().get(column)) ? "number" : "text";
      page.element("th", columns.get(column), "scope", "col", "class", side);
    }
    page.close().close();
    page.open("tbody");
    for (var row : rows) {
      page.open("tr");
      row.forEach(cell -> cell(page, cell));
      page.close();
    }
    page.close().close().close();
    if (left > 0) {
      page.element("p", "… and " + Units.number(left) + " more, in the record.", "class", "soft");
    }
  }

  private static void cell(Markup page, String text) {
    if (isNumber(text)) {
      page.element("td", text, "class", "number");
    } else {
      page.element("td", Phrases.clipped(text));
    }
  }

  /// With a unit, and for differences with a share in brackets.
  private static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /// Behind a line that opens it: a plot says the same at a glance.
  public void writeFolded(Markup page, String summary) {
    if (!isEmpty()) {
      page.open("details").element("summary", summary);
      write(page);
      page.close();
    }
  }
}
