/// What many objects with a history cost: on disk, in memory, at a start.
@NullMarked
package dev.troupe.benchmarks.recovery;

import org.jspecify.annotations.NullMarked;
