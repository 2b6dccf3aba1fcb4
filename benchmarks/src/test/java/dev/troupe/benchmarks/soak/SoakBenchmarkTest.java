package dev.troupe.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.benchmarks.soak.Footprint.Measure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoakBenchmarkTest {

  @ParameterizedTest
  @CsvSource({
    "HEAP,     100000, 110000,    true",
    "HEAP,     100000, 110001,    false",
    "HEAP,     100000, 50000,     true",
    "RESIDENT, 600000, 670000,    false",
    "THREADS,  50,     55,        true",
    "THREADS,  50,     56,        false",
    "THREADS,  10,     12,        true",
    "FILES,    20,     25,        false",
    "LOG,      1,      16,        true",
    "LOG,      1000,   2000,      false",
    "EVENTS,   1,      100000000, true"
  })
  void aTenthMoreIsAsAtTheBeginning(Measure measure, long beginning, long end, boolean kept) {
    var result =
        SoakBenchmark.compare(List.of(footprint(measure, beginning), footprint(measure, end)));

    assertThat(result.isSteady()).isEqualTo(kept);
  }

  @Test
  void whatHasGrownIsNamed() {
    var result =
        SoakBenchmark.compare(
            List.of(
                footprint(Measure.THREADS, 50),
                footprint(Measure.THREADS, 300),
                footprint(Measure.THREADS, 500)));
    var out = new StringWriter();
    result.report().print(new PrintWriter(out), false);

    assertThat(out.toString().lines().filter(line -> line.contains("has grown")))
        .singleElement()
        .asString()
        .contains("threads", "50", "300", "500");
  }

  private static Footprint footprint(Measure measure, long value) {
    var values = new EnumMap<Measure, Long>(Measure.class);
    values.put(measure, value);
    return new Footprint(values);
  }
}
