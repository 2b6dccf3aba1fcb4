/// What the same work costs in collections of different sizes.
@NullMarked
package dev.troupe.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
