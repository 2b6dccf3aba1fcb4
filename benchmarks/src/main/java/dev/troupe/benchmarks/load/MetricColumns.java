package dev.troupe.benchmarks.load;

import dev.troupe.benchmarks.report.Report;

/// The columns of a row that tell about one side of a contest.
public final class MetricColumns {

  private MetricColumns() {}

  /// @param what is counted, such as `appends`
  public static void own(Report.Row row, String what, Series series) {
    row.put(what + "/s", series.of(LoadResult::perSecond))
        .put("p50 ms", series.median(LoadResult::p50Millis))
        .put("p99 ms", series.of(LoadResult::p99Millis))
        .put(what + "/sync", series.median(LoadResult::perSync))
        .put("cores", series.median(LoadResult::cores))
        .put("client cores", series.median(LoadResult::clientCores))
        .put("bytes written", series.median(LoadResult::writtenEach));
  }

  /// @param name of the peer
  public static void peer(Report.Row row, String name, Series series, Series own) {
    row.put(name + "/s", series.of(LoadResult::perSecond))
        .put(name + " p50 ms", series.median(LoadResult::p50Millis))
        .put(name + " p99 ms", series.of(LoadResult::p99Millis))
        .put(name + "/sync", series.median(LoadResult::perSync))
        .put(name + " cores", series.median(LoadResult::cores))
        .put(name + " client cores", series.median(LoadResult::clientCores))
        .put(name + " bytes written", series.median(LoadResult::writtenEach))
        .put("ratio", own.over(series, LoadResult::perSecond))
        .put("p99 ratio", own.over(series, LoadResult::p99Millis));
  }
}
