/// How much more members do than one, each with the same share of the processors.
@NullMarked
package dev.troupe.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
