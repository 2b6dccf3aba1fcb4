package dev.troupe.runtime.measure;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// Counts, by any thread.
public final class Tally {

  private final String name;
  private final String help;
  private final Labelled<LongAdder> counts;

  /// @param labels by which it counts
  public Tally(String name, String help, String... labels) {
    this.name = name;
    this.help = help;
    this.counts = new Labelled<>(List.of(labels), LongAdder::new);
  }

  /// @param values of the labels, in their order
  public void add(String... values) {
    counts.at(List.of(values)).increment();
  }

  public Figure figure() {
    return new Figure.Count(
        name, help, counts.map((labels, count) -> new Figure.Sample(labels, count.sum())));
  }
}
