/// What a relay does: merging, the ring of recent changes, feeding watchers.
@NullMarked
package dev.troupe.runtime.relay.logic;

import org.jspecify.annotations.NullMarked;
