package dev.troupe.testkit.experiment.report;

import dev.troupe.testkit.experiment.plot.FaultBands;
import dev.troupe.testkit.experiment.plot.Markup;
import dev.troupe.testkit.experiment.plot.Panel;
import dev.troupe.testkit.experiment.plot.PathData;
import dev.troupe.testkit.experiment.plot.Phrases;
import dev.troupe.testkit.experiment.plot.Table;
import dev.troupe.testkit.experiment.plot.Units;
import dev.troupe.testkit.experiment.record.FaultSpan;
import java.util.List;

/// What was done to whom and when: a lane for each fault of one name.
final class FaultSection {

  private static final int LANE = 30;
  private static final int BAR = 9;
  private static final int TEXT = 18;

  private FaultSection() {}

  static void write(Markup page, RunView view) {
    var faults = view.faults();
    if (faults.isEmpty()) {
      page.element("p", "No fault was there.", "class", "soft");
      return;
    }
    int height = LANE * faults.byName().size();
    page.open("div", "class", "lanes");
    names(page, view, height);
    new Panel(
            view.id() + "faults",
            "Faults",
            "Each lane is a fault, drawn while it was there; its number stands above the plots that"
                + " follow.",
            height,
            FaultBands.of(view.time(), List.of()),
            List.of(),
            false)
        .draw(page, _ -> {}, svg -> Panel.path(svg, "fault", bars(view)));
    page.close();
  }

  /// Above the bars of each lane; in the way of nothing.
  private static void names(Markup page, RunView view, int height) {
    page.open("div", "class", "lane-names", "style", "height:" + height + "px");
    int number = 0;
    for (var lane : view.faults().byName().entrySet()) {
      var times = lane.getValue().size();
      page.open("p", "style", "top:" + LANE * number + "px");
      page.element("b", Integer.toString(++number)).text(" " + Phrases.clipped(lane.getKey()));
      if (times > 1) {
        page.element("span", " ×" + times, "class", "soft");
      }
      page.close();
    }
    page.close();
  }

  private static PathData bars(RunView view) {
    var bars = new PathData();
    int lane = 0;
    for (var faults : view.faults().byName().values()) {
      for (var fault : faults) {
        view.faults().add(bars, fault, LANE * lane + TEXT, BAR);
      }
      lane++;
    }
    return bars;
  }

  static void table(Markup page, RunView view) {
    var table = new Table("fault", "to whom", "from", "to", "for", "");
    for (var fault : view.record().faults()) {
      table.row(
          fault.kind(),
          fault.target().isEmpty() ? "all" : fault.target(),
          Units.moment(fault.from()),
          Units.moment(fault.to()),
          length(fault),
          fault.detail());
    }
    table.writeFolded(page, "All faults as a table");
  }

  private static String length(FaultSpan fault) {
    return fault.to() == fault.from() ? "" : Units.time(fault.to() - fault.from());
  }
}
