/// How a member finds out who lives, agrees with others on who does not, and has those removed. A
/// member alone has nobody to watch, and starts none of it.
@NullMarked
package dev.troupe.runtime.liveness;

import org.jspecify.annotations.NullMarked;
