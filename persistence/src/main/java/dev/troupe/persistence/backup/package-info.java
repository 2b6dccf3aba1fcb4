/// Everything that a store keeps as a stream of bytes that every engine writes and reads.
@NullMarked
package dev.troupe.persistence.backup;

import org.jspecify.annotations.NullMarked;
