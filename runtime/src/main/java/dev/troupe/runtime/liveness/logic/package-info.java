/// What a member thinks of the life of others: whom it votes down, whether enough others do, and
/// who is to be in the next roll. Nothing carries it yet but the testkit's world; the actor of
/// `runtime.liveness` will.
@NullMarked
package dev.troupe.runtime.liveness.logic;

import org.jspecify.annotations.NullMarked;
