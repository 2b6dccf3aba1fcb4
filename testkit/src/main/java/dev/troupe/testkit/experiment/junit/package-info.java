/// Experiments as tests: one that JUnit runs, and that fails with what did not hold.
@NullMarked
package dev.troupe.testkit.experiment.junit;

import org.jspecify.annotations.NullMarked;
