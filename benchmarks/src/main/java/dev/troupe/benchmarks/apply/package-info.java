/// What server-side apply costs, beside reading the same object.
@NullMarked
package dev.troupe.benchmarks.apply;

import org.jspecify.annotations.NullMarked;
