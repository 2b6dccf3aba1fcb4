/// What a member thinks of the life of others: whom it votes down, whether enough others do, and
/// who is to be in the next roll. The actor of `runtime.liveness` carries it.
@NullMarked
package dev.troupe.runtime.liveness.logic;

import org.jspecify.annotations.NullMarked;
