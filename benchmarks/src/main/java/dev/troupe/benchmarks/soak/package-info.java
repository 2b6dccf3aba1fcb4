/// A server under everything at once for a long time, and what that leaves behind.
@NullMarked
package dev.troupe.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
