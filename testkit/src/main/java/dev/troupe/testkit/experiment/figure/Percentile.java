package dev.troupe.testkit.experiment.figure;

/// Values below which a share of all lies, by nearest rank: each is one that was measured.
final class Percentile {

  static final double HALF = 0.5;
  static final double NINETY_NINE = 0.99;

  private Percentile() {}

  /// @param from of the first value; those up to `to` are ascending
  /// @return -1 if there are none
  static long of(long[] sorted, int from, int to, double share) {
    if (from == to) {
      return -1;
    }
    int rank = (int) Math.ceil(share * (to - from));
    return sorted[from + Math.max(1, rank) - 1];
  }

  static long of(long[] sorted, double share) {
    return of(sorted, 0, sorted.length, share);
  }
}
