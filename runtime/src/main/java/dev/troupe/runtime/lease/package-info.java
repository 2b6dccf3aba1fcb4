/// Who may read: the roll of members, the lease that a majority of them grants, and the board on
/// which readers find it. The actor of `runtime.liveness` carries the machine below.
@NullMarked
package dev.troupe.runtime.lease;

import org.jspecify.annotations.NullMarked;
