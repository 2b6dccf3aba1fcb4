/// Load on whatever makes values durable, and contests between several of them.
@NullMarked
package dev.troupe.benchmarks.load;

import org.jspecify.annotations.NullMarked;
