package dev.troupe.clusterconfig.supervision.logic;

import java.time.Instant;

/// What is seen of a process at a moment.
public sealed interface Glimpse {

  /// @param began when this process did, whoever started it
  record Running(Instant began) implements Glimpse {}

  /// It should run and does not.
  ///
  /// @param lastWords what it said last, or how it was ended, as far as it is known
  /// @param end how it ended, as far as it is known
  record Gone(String lastWords, ProcessEnd end) implements Glimpse {}

  /// It does not run, and a person has just asked for it.
  record Asked() implements Glimpse {}

  /// It is not to run now: somebody has stopped it, or what it needs is not there.
  record Unwanted() implements Glimpse {}
}
