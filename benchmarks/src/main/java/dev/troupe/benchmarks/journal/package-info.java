/// What it costs to ask what the log tells, beside reading the same objects.
@NullMarked
package dev.troupe.benchmarks.journal;

import org.jspecify.annotations.NullMarked;
