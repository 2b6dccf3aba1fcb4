/// One benchmark per row of the performance table.
@NullMarked
package dev.troupe.benchmarks;

import org.jspecify.annotations.NullMarked;
