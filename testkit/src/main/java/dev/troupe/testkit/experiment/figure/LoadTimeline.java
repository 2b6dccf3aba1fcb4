package dev.troupe.testkit.experiment.figure;

import dev.troupe.testkit.experiment.record.RequestTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/// How many requests were answered over time, and how long they took. Answers and failures belong
/// to the bucket in which they came. Waits belong to that in which the request was due, and are
/// counted from then, whether it failed or not: who had to wait for the request before has waited
/// all the same, so that a stall is not hidden by the few requests that are in it.
public record LoadTimeline(Buckets buckets, List<OfBucket> moments) {

  /// One bucket. Waits are in microseconds, and -1 if nothing was due.
  ///
  /// @param answered with success, in a second
  /// @param least answered in any whole second of the bucket; the same as `answered` if it is not
  ///   longer than that
  /// @param most likewise
  /// @param failed altogether
  /// @param half the wait that half of all did not exceed
  /// @param nearlyAll what 99 of 100 did not
  public record OfBucket(
      double answered,
      double least,
      double most,
      long failed,
      long due,
      long half,
      long nearlyAll,
      long longest) {}

  private static final long SECOND = 1_000_000;

  public LoadTimeline {
    moments = List.copyOf(moments);
  }

  /// @param which of the requests, by their places
  public static LoadTimeline of(RequestTable requests, Buckets buckets, IntPredicate which) {
    var counts = new Counts(buckets);
    for (int request = 0; request < requests.size(); request++) {
      if (which.test(request)) {
        counts.add(requests, request);
      }
    }
    var waits = counts.sortedWaits(requests, which);
    var moments = new ArrayList<OfBucket>();
    for (int bucket = 0; bucket < buckets.count(); bucket++) {
      moments.add(counts.moment(bucket, waits));
    }
    return new LoadTimeline(buckets, moments);
  }

  /// The highest rate of all.
  public double highest() {
    return moments.stream().mapToDouble(OfBucket::most).max().orElse(0);
  }

  /// The longest wait of all; -1 if nothing was due.
  public long longest() {
    return moments.stream().mapToLong(OfBucket::longest).max().orElse(-1);
  }

  private static final class Counts {

    private final Buckets buckets;
    private final long[] answered;
    private final long[] failed;
    private final long[] answeredBySecond;

    /// Where the waits of each bucket begin, when all are put one behind the other.
    private final int[] waitsFrom;

    Counts(Buckets buckets) {
      this.buckets = buckets;
      this.answered = new long[buckets.count()];
      this.failed = new long[buckets.count()];
      this.answeredBySecond = new long[(int) (buckets.duration() / SECOND) + 1];
      this.waitsFrom = new int[buckets.count() + 1];
    }

    void add(RequestTable requests, int request) {
      if (buckets.contain(requests.due(request))) {
        waitsFrom[buckets.at(requests.due(request)) + 1]++;
      }
      long end = requests.end(request);
      if (buckets.contain(end)) {
        boolean succeeded = requests.succeeded(request);
        (succeeded ? answered : failed)[buckets.at(end)]++;
        answeredBySecond[(int) (end / SECOND)] += succeeded ? 1 : 0;
      }
    }

    long[] sortedWaits(RequestTable requests, IntPredicate which) {
      for (int bucket = 0; bucket < buckets.count(); bucket++) {
        waitsFrom[bucket + 1] += waitsFrom[bucket];
      }
      var waits = new long[waitsFrom[buckets.count()]];
      // They are in the order in which they were due, and so in that of the buckets.
      int next = 0;
      for (int request = 0; request < requests.size(); request++) {
        if (which.test(request) && buckets.contain(requests.due(request))) {
          waits[next++] = requests.waited(request);
        }
      }
      for (int bucket = 0; bucket < buckets.count(); bucket++) {
        Arrays.sort(waits, waitsFrom[bucket], waitsFrom[bucket + 1]);
      }
      return waits;
    }

    OfBucket moment(int bucket, long[] waits) {
      double rate = answered[bucket] / buckets.seconds(bucket);
      int from = waitsFrom[bucket];
      int to = waitsFrom[bucket + 1];
      return new OfBucket(
          rate,
          extreme(bucket, rate, true),
          extreme(bucket, rate, false),
          failed[bucket],
          to - from,
          Percentile.of(waits, from, to, Percentile.HALF),
          Percentile.of(waits, from, to, Percentile.NINETY_NINE),
          from == to ? -1 : waits[to - 1]);
    }

    /// Of the whole seconds in a bucket of at least two.
    private double extreme(int bucket, double rate, boolean least) {
      int from = (int) (buckets.from(bucket) / SECOND);
      int to = (int) (buckets.to(bucket) / SECOND);
      if (buckets.width() <= SECOND || from >= to) {
        return rate;
      }
      var seconds = Arrays.stream(answeredBySecond, from, to);
      return least ? seconds.min().orElse(0) : seconds.max().orElse(0);
    }
  }
}
