package dev.troupe.testkit.experiment.report;

import dev.troupe.testkit.experiment.figure.TakeoverFigures;
import dev.troupe.testkit.experiment.plot.FaultBands;
import dev.troupe.testkit.experiment.plot.Markup;
import dev.troupe.testkit.experiment.plot.Panel;
import dev.troupe.testkit.experiment.plot.PathData;
import dev.troupe.testkit.experiment.plot.RowNames;
import dev.troupe.testkit.experiment.plot.Table;
import dev.troupe.testkit.experiment.plot.TimeAxis;
import dev.troupe.testkit.experiment.plot.Units;
import dev.troupe.testkit.experiment.record.Takeover;
import dev.troupe.testkit.experiment.record.Takeover.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Where the seconds of each takeover go.
final class TakeoverSection {

  private static final int MOST = 30;
  private static final int ROW = 20;
  private static final int GAP = 6;

  private TakeoverSection() {}

  static void write(Markup page, RunView view) {
    write(page, view, longest(view));
  }

  /// How long the longest takeover of a run took, as far as somebody saw it; 1 if there is none.
  static long longest(RunView view) {
    return view.figures().takeovers().takeovers().stream()
        .mapToLong(TakeoverSection::length)
        .reduce(1, Math::max);
  }

  /// @param duration of the axis
  static void write(Markup page, RunView view, long duration) {
    var figures = view.figures().takeovers();
    if (figures.takeovers().isEmpty()) {
      page.element("p", "No partition changed its owner.", "class", "soft");
      return;
    }
    plot(page, view, longest(figures.takeovers()), new TimeAxis(duration));
    spent(page, figures);
    table(page, figures);
  }

  private static void plot(Markup page, RunView view, List<Takeover> drawn, TimeAxis time) {
    var figures = view.figures().takeovers();
    var names = new RowNames(drawn.stream().map(Takeover::partition).toList());
    new Panel(
            view.id() + "takeovers",
            names.heading("Time since the loss of a partition"),
            "A row for each takeover; its bar is cut where each step was done. The longest took %s."
                .formatted(Units.time(longest(view))),
            ROW * drawn.size(),
            FaultBands.of(time, List.of()),
            names.labels(),
            false)
        .draw(
            page,
            legend ->
                figures
                    .spent()
                    .keySet()
                    .forEach(step -> LoadPlots.key(legend, name(step), name(step))),
            svg -> draw(svg, drawn, time));
    int all = figures.takeovers().size();
    if (all > drawn.size()) {
      page.element(
          "p", "The %d longest of %d are drawn.".formatted(drawn.size(), all), "class", "soft");
    }
  }

  private static long length(Takeover takeover) {
    var stretches = TakeoverFigures.stretches(takeover);
    return stretches.isEmpty() ? 0 : stretches.getLast().to() - takeover.lost();
  }

  /// In the order in which they came.
  private static List<Takeover> longest(List<Takeover> takeovers) {
    return takeovers.stream()
        .sorted(Comparator.comparingLong(takeover -> -length(takeover)))
        .limit(MOST)
        .sorted(Comparator.comparingLong(Takeover::lost))
        .toList();
  }

  private static void draw(Markup svg, List<Takeover> takeovers, TimeAxis time) {
    for (var step : Step.values()) {
      var path = new PathData();
      for (int row = 0; row < takeovers.size(); row++) {
        var takeover = takeovers.get(row);
        for (var stretch : TakeoverFigures.stretches(takeover)) {
          if (stretch.step() == step) {
            double from = time.at(stretch.from() - takeover.lost());
            double wide = time.at(stretch.to() - takeover.lost()) - from;
            path.rectangle(from, ROW * row + GAP, wide, ROW - GAP);
          }
        }
      }
      Panel.path(svg, name(step), path);
    }
  }

  static String name(Step step) {
    return step.name().toLowerCase(Locale.ROOT);
  }

  private static void spent(Markup page, TakeoverFigures figures) {
    var table = new Table("step", "seen in", "half took at most", "longest");
    figures
        .spent()
        .forEach((step, spent) ->
            table.row(
                name(step),
                Units.number(spent.count()),
                Units.time(spent.half()),
                Units.time(spent.longest())));
    figures
        .whole()
        .ifPresent(whole ->
            table.row(
                "all of it",
                Units.number(whole.count()),
                Units.time(whole.half()),
                Units.time(whole.longest())));
    table.write(page);
  }

  private static void table(Markup page, TakeoverFigures figures) {
    var columns = new ArrayList<>(List.of("partition", "from", "to", "lost at"));
    for (var step : Step.values()) {
      columns.add(name(step));
    }
    var table = new Table(columns.toArray(String[]::new));
    for (var takeover : figures.takeovers()) {
      var cells = new ArrayList<String>();
      cells.add(takeover.partition());
      cells.add(takeover.from().isEmpty() ? "nobody" : takeover.from());
      cells.add(takeover.to());
      cells.add(Units.moment(takeover.lost()));
      for (var step : Step.values()) {
        var reached = takeover.reached().get(step);
        cells.add(reached == null ? Units.UNKNOWN : "+" + Units.time(reached - takeover.lost()));
      }
      table.row(cells.toArray(String[]::new));
    }
    table.writeFolded(page, "Every takeover as a table, each step counted from the loss");
  }
}
