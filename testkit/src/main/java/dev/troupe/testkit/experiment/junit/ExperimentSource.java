package dev.troupe.testkit.experiment.junit;

import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import java.util.function.Supplier;

/// Puts an experiment together; has a constructor without parameters.
public interface ExperimentSource extends Supplier<ExperimentPlan> {

  /// That there is a name or a file.
  final class ByName implements ExperimentSource {

    private ByName() {}

    @Override
    public ExperimentPlan get() {
      throw new IllegalStateException("there is a name or a file");
    }
  }
}
