/// The event store: the port that engines implement, and the records that are kept in it.
@NullMarked
package dev.troupe.runtime.store;

import org.jspecify.annotations.NullMarked;
