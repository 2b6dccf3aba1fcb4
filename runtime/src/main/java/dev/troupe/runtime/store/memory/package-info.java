/// An event store and a roll that are gone with their JVM, for tests and worlds of virtual time.
@NullMarked
package dev.troupe.runtime.store.memory;

import org.jspecify.annotations.NullMarked;
