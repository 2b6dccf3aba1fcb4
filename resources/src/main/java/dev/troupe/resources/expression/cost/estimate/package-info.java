/// What expressions cost at most, for any object that a schema allows.
@NullMarked
package dev.troupe.resources.expression.cost.estimate;

import org.jspecify.annotations.NullMarked;
