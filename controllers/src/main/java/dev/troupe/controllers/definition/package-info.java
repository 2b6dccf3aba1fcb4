/// Accepts the names that definitions of types ask for, and takes a deleted one through its end.
@NullMarked
package dev.troupe.controllers.definition;

import org.jspecify.annotations.NullMarked;
