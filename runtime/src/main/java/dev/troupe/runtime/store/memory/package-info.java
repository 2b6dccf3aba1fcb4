/// An event store that is gone with its JVM, for tests and worlds of virtual time.
@NullMarked
package dev.troupe.runtime.store.memory;

import org.jspecify.annotations.NullMarked;
