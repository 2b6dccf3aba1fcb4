/// What evaluations of expressions cost, and how they are stopped when it is too much.
@NullMarked
package dev.troupe.resources.expression.cost;

import org.jspecify.annotations.NullMarked;
