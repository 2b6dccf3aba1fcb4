/// The owners of an object's fields in few bytes: as they are kept in memory, and in the log.
@NullMarked
package dev.troupe.resources.codec.owners;

import org.jspecify.annotations.NullMarked;
