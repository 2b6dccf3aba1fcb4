package dev.troupe.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.benchmarks.load.Contest.Side;
import dev.troupe.benchmarks.report.Rounds;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContestTest {

  private final List<String> turns = new ArrayList<>();

  @Test
  void sidesTakeTurns() {
    run(side("a", 9, 1, 1), side("b", 9, 1, 1));

    assertThat(turns).containsExactly("a", "b", "a", "b", "a", "b");
  }

  @Test
  void theFirstRoundIsNotCounted() {
    var series = run(side("a", 1_000, 10, 30)).getFirst();

    assertThat(series.of(LoadResult::perSecond).range()).isEqualTo("10.00–30.00");
    assertThat(series.median(LoadResult::perSecond)).isEqualTo(20);
  }

  @Test
  void ratioIsTakenRoundByRound() {
    var series = run(side("a", 1, 10, 100), side("b", 1, 5, 25));

    var ratio = series.getFirst().over(series.getLast(), LoadResult::perSecond);

    assertThat(ratio.range()).isEqualTo("2.00–4.00");
    assertThat(ratio.median()).isEqualTo(3);
  }

  @Test
  void laterSideKnowsWhatTheFirstCameTo() {
    var same = new Side("same", List::getFirst);

    var series = run(side("a", 1, 10, 30), same);

    assertThat(series.getLast().of(LoadResult::perSecond))
        .isEqualTo(series.getFirst().of(LoadResult::perSecond));
  }

  private Side side(String name, int... counts) {
    var next = new ArrayList<Integer>();
    for (int count : counts) {
      next.add(count);
    }
    return Side.of(
        name,
        () -> {
          turns.add(name);
          return load(next.removeFirst());
        });
  }

  private static LoadResult load(int count) {
    var latencies = LoadResult.histogram();
    latencies.recordValueWithCount(1_000, count);
    return new LoadResult(1, latencies, 1, 0, 0, 0);
  }

  private static List<Series> run(Side... sides) {
    var rounds = new Rounds(2, Duration.ofSeconds(1));
    return Contest.run("row", rounds, List.of(sides), new PrintWriter(Writer.nullWriter()));
  }
}
