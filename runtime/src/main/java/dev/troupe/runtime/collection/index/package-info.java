/// What a partition holds: all its resources at one moment, and the moments that can still be read.
@NullMarked
package dev.troupe.runtime.collection.index;

import org.jspecify.annotations.NullMarked;
