/// The database of an experiment: its processes, its disk, and what can be done to them.
@NullMarked
package dev.troupe.testkit.experiment.database;

import org.jspecify.annotations.NullMarked;
