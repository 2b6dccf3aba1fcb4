package dev.troupe.testkit.experiment.report;

import dev.troupe.testkit.experiment.figure.Holdings;
import dev.troupe.testkit.experiment.figure.LoadTimeline;
import dev.troupe.testkit.experiment.figure.LoadTimeline.OfBucket;
import dev.troupe.testkit.experiment.plot.Markup;
import dev.troupe.testkit.experiment.plot.Panel;
import dev.troupe.testkit.experiment.plot.PathData;
import dev.troupe.testkit.experiment.plot.TimeAxis;
import dev.troupe.testkit.experiment.plot.Units;
import dev.troupe.testkit.experiment.plot.ValueAxis;

/// Each member by itself, all on the same scales: what was asked through it, and how many
/// partitions it had.
final class MemberPlots {

  private static final int MOST = 12;
  private static final int HEIGHT = 64;

  private MemberPlots() {}

  static void write(Markup page, RunView view) {
    var members = view.record().run().members();
    var rates =
        LoadPlots.rates(
            view.figures().ofMembers().stream().mapToDouble(LoadTimeline::highest).max().orElse(0));
    var counts = counts(view);
    page.open("div", "class", "multiples");
    for (int member = 0; member < Math.min(MOST, members.size()); member++) {
      page.open("section").element("h3", members.get(member));
      throughput(page, view, member, rates);
      holdings(page, view, member, counts);
      page.close();
    }
    page.close();
    if (members.size() > MOST) {
      page.element("p", "The first %d members are drawn.".formatted(MOST), "class", "soft");
    }
  }

  private static ValueAxis counts(RunView view) {
    var owners = view.record().owners();
    int most =
        view.record().run().members().stream()
            .mapToInt(member -> Holdings.of(member, owners).most())
            .max()
            .orElse(0);
    return ValueAxis.upTo(most, Units::number);
  }

  private static void throughput(Markup page, RunView view, int member, ValueAxis axis) {
    var load = view.figures().ofMembers().get(member);
    var name = view.record().run().members().get(member);
    new Panel(
            view.id() + "rate-" + member,
            "Answered a second",
            "Through %s: up to %s; %s failed, and the longest wait was %s."
                .formatted(
                    name,
                    Units.rate(load.highest()),
                    Units.number(load.moments().stream().mapToLong(OfBucket::failed).sum()),
                    Units.time(load.longest())),
            HEIGHT,
            view.faults(),
            axis.labels(),
            true)
        .draw(
            page,
            legend -> {
              LoadPlots.key(legend, "answered", "with success");
              LoadPlots.key(legend, "failed", "failed");
            },
            svg -> LoadPlots.drawRates(svg, load, view.time(), axis, HEIGHT));
  }

  private static void holdings(Markup page, RunView view, int member, ValueAxis axis) {
    var name = view.record().run().members().get(member);
    var holdings = Holdings.of(name, view.record().owners());
    new Panel(
            view.id() + "holdings-" + member,
            "Partitions",
            "How many partitions %s had: %d at most.".formatted(name, holdings.most()),
            HEIGHT,
            view.faults(),
            axis.labels(),
            true)
        .draw(
            page,
            _ -> {},
            svg ->
                Panel.path(
                    svg,
                    "step " + PartitionPlots.color(member),
                    steps(holdings, view.time(), view.record().run().duration(), axis)));
  }

  private static PathData steps(Holdings holdings, TimeAxis time, long end, ValueAxis axis) {
    var path = new PathData();
    double last = axis.at(holdings.changes().getFirst().count(), HEIGHT);
    for (var change : holdings.changes()) {
      if (change.from() < end) {
        double x = time.at(change.from());
        path.to(x, last);
        last = axis.at(change.count(), HEIGHT);
        path.to(x, last);
      }
    }
    path.to(time.at(end), last);
    return path;
  }
}
