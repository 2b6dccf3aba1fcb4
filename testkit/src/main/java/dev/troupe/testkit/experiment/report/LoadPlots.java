package dev.troupe.testkit.experiment.report;

import dev.troupe.testkit.experiment.figure.LoadTimeline;
import dev.troupe.testkit.experiment.figure.LoadTimeline.OfBucket;
import dev.troupe.testkit.experiment.plot.Markup;
import dev.troupe.testkit.experiment.plot.Panel;
import dev.troupe.testkit.experiment.plot.PathData;
import dev.troupe.testkit.experiment.plot.Table;
import dev.troupe.testkit.experiment.plot.TimeAxis;
import dev.troupe.testkit.experiment.plot.Units;
import dev.troupe.testkit.experiment.plot.ValueAxis;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// How much was answered, and how long it took.
final class LoadPlots {

  private static final int RATE_HEIGHT = 120;
  private static final int WAIT_HEIGHT = 160;
  private static final double LEAST_BAR = 3;
  private static final double LEAST_WAIT = 1_000;
  private static final long SECOND = 1_000_000;

  private LoadPlots() {}

  static ValueAxis rates(double highest) {
    return ValueAxis.upTo(highest, Units::rate);
  }

  static ValueAxis waits(LoadTimeline load) {
    double shortest =
        load.moments().stream()
            .mapToDouble(OfBucket::half)
            .filter(half -> half > 0)
            .min()
            .orElse(LEAST_WAIT);
    double longest = Math.max(10 * LEAST_WAIT, (double) load.longest());
    return ValueAxis.decades(Math.min(LEAST_WAIT, shortest), longest, Units::time);
  }

  static void throughput(Markup page, RunView view, ValueAxis axis) {
    var load = view.figures().load();
    double least = load.moments().stream().mapToDouble(OfBucket::answered).min().orElse(0);
    new Panel(
            view.id() + "throughput",
            "Answered requests a second",
            "Over time; the best second had %s, the worst bucket of %s had %s. Failures are bars from below."
                .formatted(
                    Units.rate(load.highest()),
                    Units.time(load.buckets().width()),
                    Units.rate(least)),
            RATE_HEIGHT,
            view.faults(),
            axis.labels(),
            true)
        .draw(
            page,
            legend -> {
              key(legend, "answered", "with success");
              if (load.buckets().width() > SECOND) {
                key(legend, "range", "slowest to fastest second");
              }
              key(legend, "failed", "failed");
            },
            svg -> drawRates(svg, load, view.time(), axis, RATE_HEIGHT));
  }

  /// An entry of a legend.
  static void key(Markup legend, String name, String text) {
    legend.open("span", "class", "key");
    legend.element("i", "", "class", "swatch " + name).text(" " + text).close().text(" ");
  }

  static void drawRates(Markup svg, LoadTimeline load, TimeAxis time, ValueAxis axis, int height) {
    Panel.path(svg, "failed", failures(load, time, axis, height));
    Panel.path(svg, "range", range(load, time, axis, height));
    Panel.path(svg, "answered", line(load, time, axis, height, OfBucket::answered));
  }

  private static double middle(LoadTimeline load, TimeAxis time, int bucket) {
    return (time.at(load.buckets().from(bucket)) + time.at(load.buckets().to(bucket))) / 2;
  }

  private static PathData line(
      LoadTimeline load,
      TimeAxis time,
      ValueAxis axis,
      int height,
      ToDoubleFunction<OfBucket> value) {
    var line = new PathData();
    for (int bucket = 0; bucket < load.moments().size(); bucket++) {
      double wanted = value.applyAsDouble(load.moments().get(bucket));
      if (wanted < 0) {
        line.gap();
      } else {
        line.to(middle(load, time, bucket), axis.at(wanted, height));
      }
    }
    return line;
  }

  /// From the slowest to the fastest second of each bucket.
  private static PathData range(LoadTimeline load, TimeAxis time, ValueAxis axis, int height) {
    var range = new PathData();
    for (int bucket = 0; bucket < load.moments().size(); bucket++) {
      var moment = load.moments().get(bucket);
      if (moment.least() < moment.most()) {
        double from = time.at(load.buckets().from(bucket));
        double top = axis.at(moment.most(), height);
        range.rectangle(
            from,
            top,
            time.at(load.buckets().to(bucket)) - from,
            axis.at(moment.least(), height) - top);
      }
    }
    return range;
  }

  /// As many a second; a single one is seen as well.
  private static PathData failures(LoadTimeline load, TimeAxis time, ValueAxis axis, int height) {
    var bars = new PathData();
    for (int bucket = 0; bucket < load.moments().size(); bucket++) {
      long failed = load.moments().get(bucket).failed();
      if (failed > 0) {
        double from = time.at(load.buckets().from(bucket));
        double seconds = (double) load.buckets().width() / SECOND;
        double high = Math.max(LEAST_BAR, height - axis.at(failed / seconds, height));
        double wide = time.at(load.buckets().to(bucket)) - from;
        bars.rectangle(from, height - high, Math.max(1, wide), high);
      }
    }
    return bars;
  }

  static void latency(Markup page, RunView view, ValueAxis axis) {
    var load = view.figures().load();
    long bound = view.record().run().bound();
    new Panel(
            view.id() + "latency",
            "Time from when a request was due to its answer",
            "Over time, each decade as high as the others; the longest wait was %s. What takes longer than %s counts as unavailable."
                .formatted(Units.time(load.longest()), Units.time(bound)),
            WAIT_HEIGHT,
            view.faults(),
            axis.labels(),
            true)
        .draw(
            page,
            legend -> {
              key(legend, "half", "half (p50)");
              key(legend, "nearly", "99 of 100 (p99)");
              key(legend, "longest", "longest");
              key(legend, "bound", "unavailable above " + Units.time(bound));
            },
            svg -> drawWaits(svg, view, axis, bound));
  }

  private static void drawWaits(Markup svg, RunView view, ValueAxis axis, long bound) {
    var limit = new PathData();
    double y = axis.at((double) bound, WAIT_HEIGHT);
    limit.to(0, y);
    limit.to(TimeAxis.WIDTH, y);
    Panel.path(svg, "bound", limit);
    Panel.path(svg, "longest", waits(view, axis, OfBucket::longest));
    Panel.path(svg, "nearly", waits(view, axis, OfBucket::nearlyAll));
    Panel.path(svg, "half", waits(view, axis, OfBucket::half));
  }

  private static PathData waits(RunView view, ValueAxis axis, ToLongFunction<OfBucket> value) {
    return line(view.figures().load(), view.time(), axis, WAIT_HEIGHT, value::applyAsLong);
  }

  static void table(Markup page, RunView view) {
    var load = view.figures().load();
    var table = new Table("from", "answered", "failed", "due", "p50", "p99", "longest");
    for (int bucket = 0; bucket < load.moments().size(); bucket++) {
      var moment = load.moments().get(bucket);
      table.row(
          Units.moment(load.buckets().from(bucket)),
          Units.rate(moment.answered()),
          Units.number(moment.failed()),
          Units.number(moment.due()),
          Units.time(moment.half()),
          Units.time(moment.nearlyAll()),
          Units.time(moment.longest()));
    }
    table.writeFolded(page, "Requests and their times, as a table");
  }
}
