/// The event store of a single member: a log of segments in one directory, and an index of it.
@NullMarked
package dev.troupe.persistence.embedded;

import org.jspecify.annotations.NullMarked;
