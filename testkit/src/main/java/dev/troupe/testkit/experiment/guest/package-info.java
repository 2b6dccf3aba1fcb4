/// Somebody's own part in a run: the program that members are, what its controllers get to do, and
/// what must have become of that.
@NullMarked
package dev.troupe.testkit.experiment.guest;

import org.jspecify.annotations.NullMarked;
