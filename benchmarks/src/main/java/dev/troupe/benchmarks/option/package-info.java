/// What all benchmarks can be told: where they run, how often, and how figures are printed.
@NullMarked
package dev.troupe.benchmarks.option;

import org.jspecify.annotations.NullMarked;
