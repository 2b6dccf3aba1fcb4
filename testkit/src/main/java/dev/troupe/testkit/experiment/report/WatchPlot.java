package dev.troupe.testkit.experiment.report;

import dev.troupe.testkit.experiment.plot.Markup;
import dev.troupe.testkit.experiment.plot.Panel;
import dev.troupe.testkit.experiment.plot.PathData;
import dev.troupe.testkit.experiment.plot.Table;
import dev.troupe.testkit.experiment.plot.Units;
import dev.troupe.testkit.experiment.record.WatcherRecord;
import java.util.Comparator;
import java.util.List;

/// When watchers were shown nothing: a row for each.
final class WatchPlot {

  private static final int MOST = 12;
  private static final int ROW = 16;
  private static final int GAP = 3;

  private WatchPlot() {}

  static void write(Markup page, RunView view) {
    var watchers = longest(view.record().watchers());
    if (watchers.isEmpty()) {
      return;
    }
    long bound = view.record().run().bound();
    new Panel(
            view.id() + "watches",
            "Silence of watches",
            "For each watcher, when it was shown nothing for %s or more. The longest silence was %s."
                .formatted(
                    Units.time(WatcherRecord.LEAST),
                    Units.time(
                        watchers.stream().mapToLong(WatcherRecord::longest).max().orElse(0))),
            ROW * watchers.size(),
            view.faults(),
            Panel.rowLabels(watchers.stream().map(WatcherRecord::watcher).toList()),
            false)
        .draw(
            page,
            legend -> {
              LoadPlots.key(legend, "quiet", Units.time(WatcherRecord.LEAST) + " or more");
              LoadPlots.key(legend, "silent", "more than " + Units.time(bound));
            },
            svg -> {
              Panel.path(svg, "quiet", silences(view, watchers, WatcherRecord.LEAST, bound));
              Panel.path(svg, "silent", silences(view, watchers, bound + 1, Long.MAX_VALUE));
            });
  }

  /// Those that waited longest, in their order.
  private static List<WatcherRecord> longest(List<WatcherRecord> watchers) {
    return watchers.stream()
        .sorted(Comparator.comparingLong(watcher -> -watcher.longest()))
        .limit(MOST)
        .sorted(Comparator.comparing(WatcherRecord::watcher))
        .toList();
  }

  /// Those that are too short to be seen are not drawn.
  private static PathData silences(
      RunView view, List<WatcherRecord> watchers, long least, long most) {
    var path = new PathData();
    for (int row = 0; row < watchers.size(); row++) {
      for (var silence : watchers.get(row).silences()) {
        long length = silence.to() - silence.from();
        double from = view.time().at(silence.from());
        double wide = view.time().at(silence.to()) - from;
        if (length >= least && length <= most && wide >= 0.2) {
          path.rectangle(from, ROW * row + GAP, wide, ROW - GAP);
        }
      }
    }
    return path;
  }

  static void table(Markup page, RunView view) {
    var table = new Table("watcher", "events", "watches", "longest silence", "refused with");
    for (var watcher : view.record().watchers()) {
      table.row(
          watcher.watcher(),
          Units.number(watcher.shown()),
          Units.number(watcher.watches()),
          Units.time(watcher.longest()),
          String.join(", ", watcher.faults().stream().distinct().toList()));
    }
    table.writeFolded(page, "Watchers as a table");
  }
}
