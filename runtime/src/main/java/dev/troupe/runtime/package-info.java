/// The actors that hold resources, order their changes and run controllers.
@NullMarked
package dev.troupe.runtime;

import org.jspecify.annotations.NullMarked;
