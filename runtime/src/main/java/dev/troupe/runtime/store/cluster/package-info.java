/// Where the members of a cluster are written down, as a port that engines implement. The actor of
/// `runtime.liveness` calls it.
@NullMarked
package dev.troupe.runtime.store.cluster;

import org.jspecify.annotations.NullMarked;
