package dev.troupe.runtime.measure;

import java.util.List;
import java.util.Map;

/// Something that is measured, as it is at one moment: for whoever shows it.
public sealed interface Figure {

  /// As in `troupe_letters`: small letters and underscores.
  String name();

  /// What it tells, for people.
  String help();

  /// What only rises while the member lives.
  record Count(String name, String help, List<Sample> samples) implements Figure {

    public Count {
      samples = List.copyOf(samples);
    }
  }

  /// What rises and falls.
  record Level(String name, String help, List<Sample> samples) implements Figure {

    public Level {
      samples = List.copyOf(samples);
    }

    /// Of something of which there is one.
    public static Level of(String name, String help, double value) {
      return new Level(name, help, List.of(new Sample(Map.of(), value)));
    }
  }

  /// How long things took, in seconds.
  ///
  /// @param bounds up to which each class of durations goes; one more class is without bound
  record Histogram(String name, String help, List<Double> bounds, List<Distribution> samples)
      implements Figure {

    public Histogram {
      bounds = List.copyOf(bounds);
      samples = List.copyOf(samples);
    }
  }

  /// @param labels which of several it is
  record Sample(Map<String, String> labels, double value) {

    public Sample {
      labels = Map.copyOf(labels);
    }
  }

  /// @param counts of each class, in order
  /// @param sum of all durations, in seconds
  record Distribution(Map<String, String> labels, List<Long> counts, double sum) {

    public Distribution {
      labels = Map.copyOf(labels);
      counts = List.copyOf(counts);
    }
  }
}
