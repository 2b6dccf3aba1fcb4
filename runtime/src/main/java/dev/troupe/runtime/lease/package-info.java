/// Who may read: the roll of members, the lease that a majority of them grants, and the board on
/// which readers find it. Nothing carries the machine below yet but the testkit's world; the actor
/// of `runtime.liveness` will.
@NullMarked
package dev.troupe.runtime.lease;

import org.jspecify.annotations.NullMarked;
