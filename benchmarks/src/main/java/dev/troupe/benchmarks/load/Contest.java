package dev.troupe.benchmarks.load;

import dev.troupe.benchmarks.report.Rounds;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// Sides that are measured in turn, A-B-A-B, so that the mood of a shared machine meets all of
/// them. The first round warms up and is not counted.
public final class Contest {

  /// One of them.
  ///
  /// @param round measures once, given what the sides before it came to in the same round
  public record Side(String name, Function<List<LoadResult>, LoadResult> round) {

    public static Side of(String name, Supplier<LoadResult> round) {
      return new Side(name, _ -> round.get());
    }
  }

  private Contest() {}

  /// @param row what is measured, for people
  /// @return for each side its rounds
  public static List<Series> run(
      String row, Rounds rounds, List<Side> sides, PrintWriter progress) {
    var series = sides.stream().map(_ -> new Series()).toList();
    for (int round = 0; round <= rounds.count(); round++) {
      progress.print(row + (round == 0 ? ", warm-up:" : ", round " + round + ":"));
      var loads = new ArrayList<LoadResult>();
      for (var side : sides) {
        loads.add(side.round().apply(List.copyOf(loads)));
        progress.printf(" %s %.0f/s", side.name(), loads.getLast().perSecond());
        progress.flush();
      }
      progress.println();
      if (round > 0) {
        for (int side = 0; side < loads.size(); side++) {
          series.get(side).add(loads.get(side));
        }
      }
    }
    return series;
  }
}
