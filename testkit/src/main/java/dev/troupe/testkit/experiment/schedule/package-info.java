/// What breaks when, drawn from an experiment by a seed.
@NullMarked
package dev.troupe.testkit.experiment.schedule;

import org.jspecify.annotations.NullMarked;
