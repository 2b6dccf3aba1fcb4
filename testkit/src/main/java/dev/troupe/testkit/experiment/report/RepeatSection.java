package dev.troupe.testkit.experiment.report;

import dev.troupe.testkit.experiment.figure.KeyFigure.Measure;
import dev.troupe.testkit.experiment.plot.Markup;
import dev.troupe.testkit.experiment.plot.Phrases;
import dev.troupe.testkit.experiment.plot.Table;
import dev.troupe.testkit.experiment.plot.Units;
import dev.troupe.testkit.experiment.record.ExperimentRecord;
import java.util.List;
import java.util.Map;

/// What repeats the run, what it ran on, and what it does not say.
final class RepeatSection {

  private static final int MOST = 100;

  private RepeatSection() {}

  static void write(Markup page, ExperimentRecord record) {
    var run = record.run();
    page.open("p").text("The same faults at the same moments, by the seed ");
    page.element("b", Long.toString(run.seed())).text(":").close();
    page.open("pre").element("code", run.command()).close();
    page.element("h3", "What another run may do otherwise");
    lines(page, record.notReproducible(), "Nothing that is known.");
    page.element("h3", "What was left out");
    lines(
        page,
        record.leftOut().stream().map(left -> left.what() + ": " + left.why()).toList(),
        "Nothing.");
    page.element("h3", "What it ran on");
    lines(page, run.machine(), "Nobody wrote it down.");
    page.element("p", "Members: " + Phrases.clipped(String.join(", ", run.members())) + ".");
  }

  private static void lines(Markup page, List<String> lines, String ifNone) {
    if (lines.isEmpty()) {
      page.element("p", ifNone, "class", "soft");
      return;
    }
    page.open("ul");
    lines.stream().limit(MOST).forEach(line -> page.element("li", Phrases.clipped(line)));
    page.close();
    if (lines.size() > MOST) {
      page.element("p", "… and " + (lines.size() - MOST) + " more.", "class", "soft");
    }
  }

  static void figures(Markup page, RunView view) {
    var table = new Table("figure", "value", "what it is");
    view.figures()
        .key()
        .forEach(figure -> table.row(figure.name(), Units.of(figure), figure.meaning()));
    view.figures()
        .unavailability()
        .byVerb()
        .forEach((verb, seconds) ->
            table.row(
                "unavailable to " + verb,
                Units.of(Measure.OBJECT_SECONDS, seconds),
                "object-seconds, if only these askers are looked at"));
    table.write(page);
    var failures = new Table("requests", "failed with");
    view.figures().failures().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(failure -> failures.row(Units.number(failure.getValue()), failure.getKey()));
    if (!failures.isEmpty()) {
      page.element("h3", "Why requests failed");
      failures.write(page);
    }
  }
}
