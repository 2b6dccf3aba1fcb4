package dev.troupe.benchmarks.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.benchmarks.report.Rounds;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  // watchers | writes a second, writes in 5 s, writes in a rush
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1      | 200 | 1000 | 4000
          100    | 100 | 500  | 2000
          1000   | 10  | 50   | 200
          10000  | 1   | 5    | 20
          100000 | 1   | 5    | 20
          """)
  void writesAreFewerTheMoreWatch(int watchers, int rate, int writes, int rush) {
    var rounds = new Rounds(1, Duration.ofSeconds(5));
    var settings = new WatchBenchmark.Settings(List.of(watchers), 100, 10_000, rounds);

    assertThat(settings.rate(watchers)).isEqualTo(rate);
    assertThat(settings.writes(watchers)).isEqualTo(writes);
    assertThat(settings.rush(watchers)).isEqualTo(rush);
  }
}
