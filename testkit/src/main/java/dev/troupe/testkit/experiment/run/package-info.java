/// Runs experiments: starts members, puts them under load, breaks what a schedule says, and records
/// what became of it.
@NullMarked
package dev.troupe.testkit.experiment.run;

import org.jspecify.annotations.NullMarked;
