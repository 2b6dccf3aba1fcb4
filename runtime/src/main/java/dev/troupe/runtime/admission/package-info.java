/// What every write passes on its way to its resource, whoever sends it: steps in a fixed order.
@NullMarked
package dev.troupe.runtime.admission;

import org.jspecify.annotations.NullMarked;
