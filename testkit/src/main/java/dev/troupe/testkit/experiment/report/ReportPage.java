package dev.troupe.testkit.experiment.report;

import dev.troupe.testkit.experiment.plot.Markup;
import dev.troupe.testkit.experiment.plot.PageFrame;
import dev.troupe.testkit.experiment.plot.Units;
import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Verdict;
import java.util.function.BiConsumer;

/// The page of one run, from the verdict to the command that repeats it. What was observed at the
/// same moment stands above each other in all plots.
public final class ReportPage {

  private ReportPage() {}

  /// @return HTML that is well-formed XML
  public static String of(ExperimentRecord record) {
    var view = RunView.of("run-", record);
    return PageFrame.around(
        VerdictHeader.word(record.verdict()) + ": " + record.run().experiment(),
        page -> {
          VerdictHeader.write(page, view);
          if (record.verdict() == Verdict.BROKEN) {
            section(page, view, "What is broken", InvariantSection::broken);
          }
          section(page, view, "What clients noticed", ReportPage::overTime);
          section(page, view, "What each member did", MemberPlots::write);
          section(page, view, "How partitions were taken over", TakeoverSection::write);
          section(page, view, "Figures", ReportPage::figures);
          section(page, view, headingOfOthers(record), InvariantSection::others);
          section(page, view, "Run it again", (to, of) -> RepeatSection.write(to, of.record()));
        });
  }

  private static String headingOfOthers(ExperimentRecord record) {
    return record.verdict() == Verdict.BROKEN ? "What else must hold" : "What must hold";
  }

  private static void section(
      Markup page, RunView view, String heading, BiConsumer<Markup, RunView> content) {
    page.open("section").element("h2", heading);
    content.accept(page, view);
    page.close();
  }

  private static void overTime(Markup page, RunView view) {
    var load = view.figures().load();
    FaultSection.write(page, view);
    LoadPlots.throughput(page, view, LoadPlots.rates(load.highest()));
    LoadPlots.latency(page, view, LoadPlots.waits(load));
    PartitionPlots.availability(page, view);
    PartitionPlots.owners(page, view);
    WatchPlot.write(page, view);
    FaultSection.table(page, view);
    LoadPlots.table(page, view);
    PartitionPlots.tables(page, view);
    WatchPlot.table(page, view);
  }

  private static void figures(Markup page, RunView view) {
    page.element(
        "p",
        "An asker (one client, one verb, one partition) is without service from when a request was"
            + " due that failed, "
            + "until its next success; and while one waits that takes more than %s. Unavailable object-seconds are the objects of each partition times the mean of that time over its askers."
                .formatted(Units.time(view.record().run().bound())),
        "class",
        "soft");
    RepeatSection.figures(page, view);
  }
}
