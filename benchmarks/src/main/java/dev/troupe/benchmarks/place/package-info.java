/// The directory that a benchmark works in.
@NullMarked
package dev.troupe.benchmarks.place;

import org.jspecify.annotations.NullMarked;
