package dev.troupe.benchmarks.load;

import dev.troupe.benchmarks.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The rounds of one store with one number of writers.
public final class Series {

  private final List<LoadResult> rounds = new ArrayList<>();

  void add(LoadResult round) {
    rounds.add(round);
  }

  public Spread of(ToDoubleFunction<LoadResult> figure) {
    return Spread.of(rounds.stream().mapToDouble(figure).toArray());
  }

  /// Round by round, as two that follow each other have the machine's mood in common.
  public Spread over(Series other, ToDoubleFunction<LoadResult> figure) {
    var ratios = new double[rounds.size()];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] =
          figure.applyAsDouble(rounds.get(round)) / figure.applyAsDouble(other.rounds.get(round));
    }
    return Spread.of(ratios);
  }

  public double median(ToDoubleFunction<LoadResult> figure) {
    return of(figure).median();
  }
}
