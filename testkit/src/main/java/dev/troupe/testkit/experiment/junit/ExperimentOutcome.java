package dev.troupe.testkit.experiment.junit;

import dev.troupe.testkit.experiment.figure.RunFigures;
import dev.troupe.testkit.experiment.outcome.RunFiles;
import dev.troupe.testkit.experiment.record.ExperimentRecord;

/// What a run has come to, for a test that looks at more than the verdict.
///
/// @param record all that was recorded
/// @param figures what that says in numbers, as the report does
/// @param files the report, and the record
public record ExperimentOutcome(ExperimentRecord record, RunFigures figures, RunFiles files) {}
