package dev.troupe.testkit.experiment.junit;

import dev.troupe.testkit.experiment.guest.Guest;
import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import java.nio.file.Path;
import java.util.function.Consumer;

/// An experiment that a test wants to have run.
///
/// @param again what repeats it, with its seed
/// @param output where the report is written, and members have their files
/// @param progress told in a line what happens
record ExperimentOrder(
    ExperimentPlan plan,
    long seed,
    String again,
    Guest guest,
    Path output,
    Consumer<String> progress) {}
