package dev.troupe.runtime.measure;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/// How long things took, by any thread: how many fell into each class of durations, and the sum.
public final class Durations {

  /// In seconds: from what memory takes to what a takeover may.
  private static final List<Double> BOUNDS =
      List.of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String name;
  private final String help;
  private final Labelled<Classes> all;

  private static final class Classes {

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.size() + 1);
    private final LongAdder nanos = new LongAdder();

    private void add(long took) {
      int found = 0;
      while (found < BOUNDS.size() && took > BOUNDS.get(found) * NANOS) {
        found++;
      }
      counts.incrementAndGet(found);
      nanos.add(took);
    }

    private List<Long> list() {
      return LongStream.range(0, counts.length())
          .mapToObj(i -> counts.get(Math.toIntExact(i)))
          .toList();
    }
  }

  /// @param labels by which they are kept apart
  public Durations(String name, String help, String... labels) {
    this.name = name;
    this.help = help;
    this.all = new Labelled<>(List.of(labels), Classes::new);
  }

  /// @param values of the labels, in their order
  public void add(long nanos, String... values) {
    all.at(List.of(values)).add(nanos);
  }

  public Figure figure() {
    return new Figure.Histogram(
        name,
        help,
        BOUNDS,
        all.map((labels, each) ->
            new Figure.Distribution(labels, each.list(), each.nanos.sum() / NANOS)));
  }
}
