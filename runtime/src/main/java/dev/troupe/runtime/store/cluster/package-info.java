/// Where the members of a cluster are written down, as a port that engines implement. Nothing calls
/// it yet but the testkit's world; the actor of `runtime.liveness` will.
@NullMarked
package dev.troupe.runtime.store.cluster;

import org.jspecify.annotations.NullMarked;
