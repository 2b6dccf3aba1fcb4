/// What a run of an experiment has recorded, and the file that it is kept in.
@NullMarked
package dev.troupe.testkit.experiment.record;

import org.jspecify.annotations.NullMarked;
