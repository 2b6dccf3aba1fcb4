package dev.troupe.apiserver.health;

import dev.troupe.runtime.measure.Figure;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What the member measures, asked for with each scrape.
final class FigureCollector implements MultiCollector {

  private final Supplier<List<Figure>> figures;

  FigureCollector(Supplier<List<Figure>> figures) {
    this.figures = figures;
  }

  @Override
  public MetricSnapshots collect() {
    var shown = MetricSnapshots.builder();
    figures.get().forEach(figure -> shown.metricSnapshot(snapshot(figure)));
    return shown.build();
  }

  private static MetricSnapshot snapshot(Figure figure) {
    return switch (figure) {
      case Figure.Count count -> counter(count);
      case Figure.Level level -> gauge(level);
      case Figure.Histogram durations -> histogram(durations);
    };
  }

  private static CounterSnapshot counter(Figure.Count count) {
    var snapshot = CounterSnapshot.builder().name(count.name()).help(count.help());
    for (var sample : count.samples()) {
      snapshot.dataPoint(
          CounterSnapshot.CounterDataPointSnapshot.builder()
              .labels(labels(sample.labels()))
              .value(sample.value())
              .build());
    }
    return snapshot.build();
  }

  private static GaugeSnapshot gauge(Figure.Level level) {
    var snapshot = GaugeSnapshot.builder().name(level.name()).help(level.help());
    for (var sample : level.samples()) {
      snapshot.dataPoint(
          GaugeSnapshot.GaugeDataPointSnapshot.builder()
              .labels(labels(sample.labels()))
              .value(sample.value())
              .build());
    }
    return snapshot.build();
  }

  private static HistogramSnapshot histogram(Figure.Histogram durations) {
    var snapshot = HistogramSnapshot.builder().name(durations.name()).help(durations.help());
    for (var each : durations.samples()) {
      var buckets = ClassicHistogramBuckets.builder();
      for (int i = 0; i < durations.bounds().size(); i++) {
        buckets.bucket(durations.bounds().get(i), each.counts().get(i));
      }
      buckets.bucket(Double.POSITIVE_INFINITY, each.counts().getLast());
      snapshot.dataPoint(
          HistogramSnapshot.HistogramDataPointSnapshot.builder()
              .labels(labels(each.labels()))
              .classicHistogramBuckets(buckets.build())
              .sum(each.sum())
              .build());
    }
    return snapshot.build();
  }

  private static Labels labels(Map<String, String> labels) {
    var shown = Labels.builder();
    labels.forEach(shown::label);
    return shown.build();
  }
}
