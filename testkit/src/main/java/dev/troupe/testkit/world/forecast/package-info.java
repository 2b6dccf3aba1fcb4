/// What would come of a change: the controllers' own decisions on a copy of the state, twice, with
/// the change and without it.
@NullMarked
package dev.troupe.testkit.world.forecast;

import org.jspecify.annotations.NullMarked;
