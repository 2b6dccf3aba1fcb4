/// Segments of frames, which are what is durable: written by one thread, read by all.
@NullMarked
package dev.troupe.persistence.embedded.log;

import org.jspecify.annotations.NullMarked;
