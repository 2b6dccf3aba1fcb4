package dev.troupe.testkit.experiment.junit;

import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import dev.troupe.testkit.experiment.record.ExperimentRecord;

/// Carries out what tests order.
interface ExperimentCarrier {

  /// @throws RefusedExperiment if it cannot be carried out
  ExperimentRecord carryOut(ExperimentOrder order);
}
