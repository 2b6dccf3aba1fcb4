package dev.troupe.testkit.experiment.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A plot over the time of a run: texts around an SVG that is stretched to the width that there is,
/// so that lines move with the window and letters keep their size.
///
/// @param id unique in the page
/// @param title what is seen, with its unit
/// @param description the same in words, for those who do not see it
/// @param height in pixels, and in units of the plot
/// @param rows what stands at the left
/// @param isRuled whether there is a line at each of them
public record Panel(
    String id,
    String title,
    String description,
    int height,
    FaultBands faults,
    List<Label> rows,
    boolean isRuled) {

  public Panel {
    rows = List.copyOf(rows);
  }

  /// @param legend behind the title
  /// @param drawing what is within the SVG
  public void draw(Markup page, Consumer<Markup> legend, Consumer<Markup> drawing) {
    page.open("div", "class", "panel");
    page.open("p", "class", "caption").element("b", title).text(" ");
    legend.accept(page);
    page.close();
    page.open("div", "class", "frame");
    labels(page, "rows", "top", rows);
    page.open("div", "class", "body");
    labels(page, "numbers", "left", faults.numbers());
    svg(page, drawing);
    page.close();
    labels(page, "times", "left", faults.time().labels());
    page.close();
    page.close();
  }

  private static void labels(Markup page, String name, String side, List<Label> labels) {
    page.open("div", "class", name, "aria-hidden", "true");
    for (var label : labels) {
      page.element(
          "span", label.text(), "style", place(side, label.percent()), "title", label.text());
    }
    page.close();
  }

  /// What stands at the right end does not reach over it.
  private static String place(String side, double percent) {
    var place = side + ":" + PathData.number(percent) + "%";
    return side.equals("left") && percent > 95 ? place + ";transform:translateX(-100%)" : place;
  }

  private void svg(Markup page, Consumer<Markup> drawing) {
    page.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + TimeAxis.WIDTH + " " + height,
        "preserveAspectRatio",
        "none",
        "style",
        "height:" + height + "px",
        "role",
        "img",
        "aria-labelledby",
        id + "-title " + id + "-desc");
    page.element("title", title, "id", id + "-title");
    page.element("desc", description, "id", id + "-desc");
    path(page, "band", faults.path(height));
    if (isRuled) {
      path(page, "rule", rules());
    }
    drawing.accept(page);
    page.close();
  }

  private PathData rules() {
    var rules = new PathData();
    for (var row : rows) {
      double y = row.percent() * height / 100;
      rules.gap();
      rules.to(0, y);
      rules.to(TimeAxis.WIDTH, y);
    }
    return rules;
  }

  /// A path, if there is something in it.
  public static void path(Markup page, String name, PathData data) {
    if (!data.isEmpty()) {
      page.open("path", "class", name, "d", data.toString()).close();
    }
  }

  /// Labels in the middle of rows of equal height.
  public static List<Label> rowLabels(List<String> names) {
    var labels = new ArrayList<Label>();
    for (int i = 0; i < names.size(); i++) {
      labels.add(new Label(names.get(i), 100.0 * (i + 0.5) / names.size()));
    }
    return labels;
  }
}
