package dev.troupe.testkit.experiment.report;

import dev.troupe.testkit.experiment.figure.RunFigures;
import dev.troupe.testkit.experiment.plot.FaultBands;
import dev.troupe.testkit.experiment.plot.TimeAxis;
import dev.troupe.testkit.experiment.record.ExperimentRecord;

/// A run as it is drawn.
///
/// @param id begins the ids of all that is drawn of it
record RunView(String id, ExperimentRecord record, RunFigures figures, FaultBands faults) {

  static RunView of(String id, ExperimentRecord record) {
    return of(id, record, record.run().duration());
  }

  /// @param duration of the longer of two runs, on whose axis both are drawn
  static RunView of(String id, ExperimentRecord record, long duration) {
    return new RunView(
        id, record, RunFigures.of(record), FaultBands.of(new TimeAxis(duration), record.faults()));
  }

  TimeAxis time() {
    return faults.time();
  }
}
