/// How a member finds out who lives, agrees with others on who does not, and has those removed. No
/// member starts any of it yet: a member alone has nobody to watch.
@NullMarked
package dev.troupe.runtime.liveness;

import org.jspecify.annotations.NullMarked;
