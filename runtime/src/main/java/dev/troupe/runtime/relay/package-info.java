/// Streams of changes, merged once per member and fanned out to its watches.
@NullMarked
package dev.troupe.runtime.relay;

import org.jspecify.annotations.NullMarked;
