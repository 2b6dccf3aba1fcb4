package dev.troupe.testkit.experiment.plot;

/// A text beside a plot, so that it keeps its size however wide the plot is.
///
/// @param percent from the left or from the top
public record Label(String text, double percent) {}
