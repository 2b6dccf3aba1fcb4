package dev.troupe.testkit.experiment.report;

import dev.troupe.testkit.experiment.figure.AvailabilityMap;
import dev.troupe.testkit.experiment.figure.AvailabilityMap.Strip;
import dev.troupe.testkit.experiment.figure.KeyFigure.Measure;
import dev.troupe.testkit.experiment.figure.PartitionOrder;
import dev.troupe.testkit.experiment.figure.Unavailability;
import dev.troupe.testkit.experiment.plot.Markup;
import dev.troupe.testkit.experiment.plot.Panel;
import dev.troupe.testkit.experiment.plot.PathData;
import dev.troupe.testkit.experiment.plot.RowNames;
import dev.troupe.testkit.experiment.plot.Table;
import dev.troupe.testkit.experiment.plot.Units;
import dev.troupe.testkit.experiment.record.OwnerSpan;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What could not be reached when, and who had it: a row for each partition, with the same rows in
/// both plots.
final class PartitionPlots {

  private static final int MOST = 40;
  private static final int ROW = 16;
  private static final int GAP = 3;

  /// How bad it is, as the style sheet names it.
  private static final List<String> SHADES = List.of("served", "some", "most", "none");

  private PartitionPlots() {}

  static void availability(Markup page, RunView view) {
    var map = view.figures().availability();
    var strips = worst(map);
    var names = new RowNames(strips.stream().map(Strip::partition).toList());
    new Panel(
            view.id() + "availability",
            names.heading("Availability of each partition"),
            "For each partition and %s, how much of what was due then failed or waited longer than %s. %s"
                .formatted(
                    Units.time(map.buckets().width()),
                    Units.time(view.record().run().bound()),
                    inWords(view.figures().unavailability())),
            ROW * Math.max(1, strips.size()),
            view.faults(),
            names.labels(),
            false)
        .draw(
            page,
            legend -> {
              LoadPlots.key(legend, "served", "served");
              LoadPlots.key(legend, "some", "some was not");
              LoadPlots.key(legend, "most", "half or more was not");
              LoadPlots.key(legend, "none", "nothing was");
            },
            svg -> draw(svg, view, strips));
    left(page, map.strips().size() - strips.size());
  }

  private static String inWords(Unavailability unavailability) {
    var hit =
        unavailability.partitions().stream()
            .filter(partition -> partition.lost() > 0)
            .map(partition -> partition.partition() + " " + Units.time(partition.longest()))
            .limit(MOST)
            .collect(Collectors.joining(", "));
    return hit.isEmpty()
        ? "All were always served."
        : "The longest time without service: " + hit + ".";
  }

  private static void left(Markup page, int left) {
    if (left > 0) {
      page.element(
          "p",
          "Those %d are drawn that had the most that was not served; %d are not."
              .formatted(MOST, left),
          "class",
          "soft");
    }
  }

  private static List<Strip> worst(AvailabilityMap map) {
    return map.strips().stream()
        .sorted(
            Comparator.comparingLong(
                strip -> -Arrays.stream(strip.unserved()).asLongStream().sum()))
        .limit(MOST)
        .sorted(Comparator.comparing(Strip::partition, new PartitionOrder()))
        .toList();
  }

  private static void draw(Markup svg, RunView view, List<Strip> strips) {
    for (int shade = 0; shade < SHADES.size(); shade++) {
      var path = new PathData();
      for (int row = 0; row < strips.size(); row++) {
        addRuns(path, view, strips.get(row), row, shade);
      }
      Panel.path(svg, SHADES.get(shade), path);
    }
  }

  /// Buckets of one shade that follow each other are one rectangle. What nobody asked for in
  /// between is taken to be as it was.
  private static void addRuns(PathData path, RunView view, Strip strip, int row, int shade) {
    var buckets = view.figures().availability().buckets();
    int from = -1;
    int last = -1;
    for (int bucket = 0; bucket <= buckets.count(); bucket++) {
      int found = bucket == buckets.count() ? SHADES.size() : shade(strip.share(bucket));
      if (found == shade && from < 0) {
        from = bucket;
      } else if (found != shade && found >= 0 && from >= 0) {
        double left = view.time().at(buckets.from(from));
        double right = view.time().at(buckets.to(bucket == buckets.count() ? last : bucket - 1));
        path.rectangle(left, ROW * row + GAP, Math.max(1, right - left), ROW - GAP);
        from = -1;
      }
      last = found == shade ? bucket : last;
    }
  }

  private static int shade(double share) {
    if (share <= 0) {
      return share < 0 ? -1 : 0;
    }
    return share == 1 ? 3 : share < 0.5 ? 1 : 2;
  }

  static void owners(Markup page, RunView view) {
    var members = view.record().run().members();
    var partitions = partitions(view);
    var names = new RowNames(partitions);
    new Panel(
            view.id() + "owners",
            names.heading("Who had which partition"),
            "A row for each partition, in it a lane for each member: the bar is in the lane of who"
                + " has it, and where there is none nobody has.",
            ROW * Math.max(1, partitions.size()),
            view.faults(),
            names.labels(),
            false)
        .draw(
            page,
            legend -> {
              for (int member = 0; member < members.size(); member++) {
                LoadPlots.key(legend, color(member), members.get(member));
              }
            },
            svg -> {
              Panel.path(svg, "stripe", stripes(view, partitions.size()));
              for (int member = 0; member < members.size(); member++) {
                Panel.path(svg, color(member), spans(view, partitions, member));
              }
            });
  }

  /// What holds the lanes of a row together.
  private static PathData stripes(RunView view, int rows) {
    var path = new PathData();
    double end = view.time().at(view.record().run().duration());
    for (int row = 0; row < rows; row++) {
      path.rectangle(0, ROW * row + GAP, end, ROW - GAP);
    }
    return path;
  }

  /// Those that are drawn above, if it is known of one who had it; others if not.
  private static List<String> partitions(RunView view) {
    var owned = new TreeSet<String>(new PartitionOrder());
    view.record().owners().forEach(span -> owned.add(span.partition()));
    var drawn =
        worst(view.figures().availability()).stream()
            .map(Strip::partition)
            .filter(owned::contains)
            .toList();
    return drawn.isEmpty() ? owned.stream().limit(MOST).toList() : drawn;
  }

  /// There are eight colors; which member it is one sees by the lane as well.
  static String color(int member) {
    return "m" + member % 8;
  }

  private static PathData spans(RunView view, List<String> partitions, int member) {
    var path = new PathData();
    var name = view.record().run().members().get(member);
    int members = view.record().run().members().size();
    double lane = (double) (ROW - GAP) / members;
    for (var span : view.record().owners()) {
      int row = partitions.indexOf(span.partition());
      double from = view.time().at(span.from());
      double wide = view.time().at(span.to()) - from;
      if (row >= 0 && span.member().equals(name) && wide >= 0.05) {
        path.rectangle(from, ROW * row + GAP + lane * member, wide, Math.max(2, lane));
      }
    }
    return path;
  }

  static void tables(Markup page, RunView view) {
    var lost =
        new Table("partition", "objects", "lost time", "longest without service", "object-seconds");
    for (var partition : view.figures().unavailability().partitions()) {
      lost.row(
          partition.partition(),
          Units.number(partition.objects()),
          Units.time(Math.round(partition.lost())),
          Units.time(partition.longest()),
          Units.of(Measure.OBJECT_SECONDS, partition.objectSeconds()));
    }
    lost.writeFolded(page, "What each partition lost, as a table");
    var owned = new Table("partition", "member", "from", "to");
    view.record().owners().stream()
        .sorted(
            Comparator.comparing(OwnerSpan::partition, new PartitionOrder())
                .thenComparingLong(OwnerSpan::from))
        .forEach(span ->
            owned.row(
                span.partition(),
                span.member(),
                Units.moment(span.from()),
                Units.moment(span.to())));
    owned.writeFolded(page, "Who had what, as a table");
  }
}
