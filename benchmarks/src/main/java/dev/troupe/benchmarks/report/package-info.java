/// What a benchmark has found, and its printed form.
@NullMarked
package dev.troupe.benchmarks.report;

import org.jspecify.annotations.NullMarked;
