package dev.troupe.benchmarks.list;

import dev.troupe.benchmarks.load.LoadResult;
import dev.troupe.benchmarks.load.Series;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Spread;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a row says.
///
/// @param megabytes of one list
/// @param serverMillis processor time that the server has used for each
/// @param peakKilobytes how much more was resident at most
/// @param heapEach bytes in use for one that is being read
record Figures(
    Spread perSecond,
    double megabytes,
    double p50Millis,
    double p99Millis,
    double serverMillis,
    long peakKilobytes,
    double heapEach) {

  private static final Spread NOTHING = new Spread(Double.NaN, Double.NaN, Double.NaN);

  static Figures of(Series series, double megabytes, long peakKilobytes, double heapEach) {
    return new Figures(
        series.of(LoadResult::perSecond),
        megabytes,
        series.median(LoadResult::p50Millis),
        series.median(LoadResult::p99Millis),
        series.median(LoadResult::serverMillisEach),
        peakKilobytes,
        heapEach);
  }

  /// Of answers that have only begun.
  static Figures of(HeldAnswers held) {
    var nanos = held.nanos();
    return new Figures(
        Spread.of(nanos.length / (nanos[nanos.length - 1] / 1e9)),
        Double.NaN,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        Double.NaN,
        held.residentKilobytes(),
        held.heapEach());
  }

  void into(Report.Row row) {
    row.put("lists/s", perSecond)
        .put("MB", megabytes)
        .put("MB/s", megabytes * perSecond.median())
        .put("p50 ms", p50Millis)
        .put("p99 ms", p99Millis)
        .put("server CPU ms", serverMillis)
        .put("resident +MB", peakKilobytes / 1e3)
        .put("heap KB each", heapEach / 1e3);
  }

  /// @param peer empty where etcd does not do the same
  static void peer(Report.Row row, List<Series> peer, Series own) {
    row.put("etcd/s", spread(peer, series -> series.of(LoadResult::perSecond)))
        .put("etcd p99 ms", spread(peer, series -> series.of(LoadResult::p99Millis)).median())
        .put(
            "etcd CPU ms", spread(peer, series -> series.of(LoadResult::serverMillisEach)).median())
        .put("ratio", spread(peer, series -> own.over(series, LoadResult::perSecond)));
  }

  /// How much more with owners than without.
  ///
  /// @param bare null where that was not measured
  static void bare(Report.Row row, @Nullable Series bare, Series own) {
    row.put("time of bare", bare == null ? NOTHING : own.over(bare, LoadResult::p50Millis))
        .put("CPU of bare", bare == null ? NOTHING : own.over(bare, LoadResult::serverMillisEach));
  }

  private static Spread spread(List<Series> peer, Function<Series, Spread> figure) {
    return peer.isEmpty() ? NOTHING : figure.apply(peer.getFirst());
  }
}
