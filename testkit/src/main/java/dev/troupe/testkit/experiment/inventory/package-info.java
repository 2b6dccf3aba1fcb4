/// What a run of an experiment has started on its machine, and how that is removed when nobody else
/// can do it any more.
@NullMarked
package dev.troupe.testkit.experiment.inventory;

import org.jspecify.annotations.NullMarked;
